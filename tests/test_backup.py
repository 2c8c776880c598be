import gzip
import json
import re

import pytest
from django.core.management import CommandError, call_command
from django.db import connections

from quizzes.models import Answer, Fact, Learner
from studysite.backups.reading import check_backup, read_lines
from studysite.backups.values import as_line
from studysite.backups.writing import lines, one_moment, write_backup
from tests.factories import make_learner, make_user
from tests.places import manage, new_database
from tests.quizzes.bank import give_right, make_asked_guide, make_sitting

CODE = """
import json, os
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "studysite.settings")
import django; django.setup()
from studysite.backups.writing import lines
from studysite.backups.values import as_line
for line in lines({}): print(as_line(line))
from quizzes.models import Learner
print(Learner.objects.create().pk)
"""


@pytest.fixture
def empty_place(tmp_path):
    """The address of a new and empty database."""
    with new_database(tmp_path) as url:
        yield url


@pytest.fixture
def site(transactional_db, client):
    """A site with a guide, its document, somebody who has answered and a guest."""
    alice = make_user("alice", email="alice@example.org")
    guide = make_asked_guide()
    guide.versions.create(number=1, source=b"| a |\n\xff\x00", sha256="", name="notes \u2028.md")
    sitting = make_sitting(make_learner(alice), guide, count=3)
    client.force_login(alice)
    for slot in sitting.slots.all()[:2]:
        give_right(client, slot)
    make_learner()


def content(path):
    """All lines of a backup but the first, which says when it was made."""
    return [as_line(line) for line in list(read_lines(path))[1:]]


def test_backup_restored_into_an_empty_place_is_the_same_to_the_row(site, tmp_path, empty_place):
    call_command("backup", tmp_path / "kept.gz")

    restored = manage(empty_place, "manage.py", "restore", tmp_path / "kept.gz")
    again = manage(empty_place, "-c", CODE)
    second = manage(empty_place, "manage.py", "restore", tmp_path / "kept.gz")

    assert restored.returncode == 0, restored.stderr
    assert "Restored and counted" in restored.stdout
    assert "2 quizzes.Answer" in restored.stdout
    *lines_again, new_number = again.stdout.strip().split("\n")
    assert lines_again[1:] == content(tmp_path / "kept.gz")
    assert int(new_number) > max(Learner.objects.values_list("pk", flat=True))
    assert second.returncode != 0
    assert "The database is not empty" in second.stderr


def test_backup_goes_from_one_kind_of_database_to_the_other(site, tmp_path):
    call_command("backup", tmp_path / "kept.gz")
    url = f"sqlite:///{tmp_path}/other.sqlite3"

    restored = manage(url, "manage.py", "restore", tmp_path / "kept.gz")
    checked = manage(url, "manage.py", "rebuild_memory", "--check")

    assert restored.returncode == 0, restored.stderr
    assert "2 learners looked at, 0 differ" in checked.stdout, checked.stderr


def test_what_is_written_meanwhile_is_not_half_in_it(site, tmp_path):
    given = lines({})

    with one_moment():
        head = next(given)
        next(given)
        other = connections.create_connection("default")
        with other.cursor() as cursor:
            cursor.execute("DELETE FROM quizzes_answerfact")
            cursor.execute("DELETE FROM quizzes_answer")
        other.close()
        rest = list(given)

    assert head["format"] == "studysite-backup"
    assert rest[-1]["rows"]["quizzes.Answer"] == 2
    assert not Answer.objects.exists()


def test_file_is_whole_private_and_never_written_over(site, tmp_path, capsys):
    path = tmp_path / "kept.gz"
    call_command("backup", path)

    assert path.stat().st_mode & 0o777 == 0o600
    assert check_backup(path)["quizzes.Fact"] == Fact.objects.count()
    with pytest.raises(CommandError, match="it is there already"):
        call_command("backup", path)
    assert [found.name for found in tmp_path.iterdir()] == ["kept.gz"]


def test_folder_keeps_the_newest(site, tmp_path):
    for day in ("20250101", "20250102", "20250103"):
        (tmp_path / f"studysite-{day}-000000.jsonl.gz").touch()
    (tmp_path / "something-else.gz").touch()

    call_command("backup", tmp_path, "--keep", "2")

    names = sorted(found.name for found in tmp_path.iterdir())
    assert names[:2] == ["something-else.gz", "studysite-20250103-000000.jsonl.gz"]
    assert re.fullmatch(r"studysite-\d{8}-\d{6}\.jsonl\.gz", names[2])
    assert len(names) == 3


@pytest.mark.parametrize("damage", ["short", "fewer rows", "no end", "text", "other"])
def test_damaged_file_is_refused_before_anything_is_touched(site, tmp_path, damage):
    path = tmp_path / "kept.gz"
    write_backup(path)
    whole, text = path.read_bytes(), gzip.decompress(path.read_bytes()).decode().splitlines()
    row = next(number for number, line in enumerate(text) if line.startswith("["))
    path.write_bytes(
        {
            "short": whole[: len(whole) // 2],
            "fewer rows": gzip.compress("\n".join([*text[:row], *text[row + 1 :]]).encode()),
            "no end": gzip.compress("\n".join(text[:-1]).encode()),
            "text": b"no gzip",
            "other": gzip.compress(json.dumps({"format": "something"}).encode()),
        }[damage]
    )

    with pytest.raises(CommandError):
        call_command("restore", path, "--check")
    with pytest.raises(CommandError):
        call_command("restore", path)
    assert Learner.objects.count() == 2


def test_backup_of_a_newer_version_is_refused(site, tmp_path):
    path = tmp_path / "kept.gz"
    write_backup(path)
    text = gzip.decompress(path.read_bytes()).decode()
    path.write_bytes(gzip.compress(text.replace('["quizzes","0001_initial"]', '["quizzes","9999_new"]').encode()))

    with pytest.raises(CommandError, match="newer version, which has quizzes.9999_new"):
        call_command("restore", path)


def test_site_in_use_is_never_restored_over(site, tmp_path):
    write_backup(tmp_path / "kept.gz")

    with pytest.raises(CommandError, match="not empty, it holds"):
        call_command("restore", tmp_path / "kept.gz")
