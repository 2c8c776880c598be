import os
import re
import shutil
import socket
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from packaging.requirements import Requirement

from tables.management.commands.prepare import refuse_taken_port
from tables.models import Guide
from tests.browser.chromium import find_chromium
from tests.postgres import major_version, number_in
from tests.test_settings import run

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())


def script(path, *lines):
    """Write an executable shell script."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(["#!/bin/sh", *lines, ""]))
    path.chmod(0o755)
    return path


def make(folder, *arguments, path="/usr/bin:/bin"):
    """Run make in a folder that holds our Makefile and a lock file without packages."""
    shutil.copy(ROOT / "Makefile", folder)
    (folder / "requirements.txt").write_text("")
    env = {"PATH": path, "HOME": str(folder)}
    return subprocess.run(["make", *arguments], cwd=folder, env=env, capture_output=True, text=True, check=False)


def locked(name):
    """Name and version of every package of a lock file."""
    found = re.findall(r"^([a-z0-9.-]+)==(\S+)", (ROOT / name).read_text(), re.MULTILINE)
    return dict(found)


def test_make_passes_over_a_python_that_is_too_old(tmp_path):
    script(tmp_path / "bin" / "python3.13", "exit 1")
    script(tmp_path / "bin" / "python3.14", "echo too old >&2; exit 1")
    script(
        tmp_path / "bin" / "python3.12",
        'case "$*" in',
        '  *venv*--clear*) mkdir -p .venv/bin && cp "$0" .venv/bin/python ;;',
        "  --version) echo Python 3.12.9 ;;",
        "esac",
    )

    run = make(tmp_path, ".venv/run", path=f"{tmp_path}/bin:/usr/bin:/bin")

    assert run.returncode == 0, run.stderr
    assert "Making .venv with Python 3.12.9" in run.stdout
    assert "too old" not in run.stderr
    assert (tmp_path / ".venv" / "run").exists()


def test_make_looks_into_the_folders_of_version_managers(tmp_path):
    script(tmp_path / "bin" / "python3.12", "exit 1")
    found = script(tmp_path / ".pyenv" / "versions" / "3.12.9" / "bin" / "python3", "exit 0")

    run = make(tmp_path, "--dry-run", ".venv/run")

    assert str(found) in run.stdout


def test_make_says_what_is_missing_where_no_python_fits(tmp_path):
    old = script(tmp_path / "bin" / "old-python", "exit 1")

    run = make(tmp_path, ".venv/run", f"PYTHON={old}")

    assert run.returncode != 0
    assert "Studysite needs Python 3.12 or newer" in run.stderr
    assert str(old) in run.stderr


def test_second_make_installs_nothing(tmp_path):
    script(tmp_path / ".venv" / "bin" / "python", "exit 0")
    first, second = make(tmp_path, ".venv/run"), None
    (tmp_path / "requirements.txt").touch()
    os.utime(tmp_path / ".venv" / "run", (2**31 - 1, 2**31 - 1))

    second = make(tmp_path, ".venv/run")

    assert "Installing" in first.stdout
    assert "Installing" not in second.stdout


def test_key_is_made_once_and_is_for_its_owner_only(tmp_path):
    script(tmp_path / ".venv" / "bin" / "python", f'exec "{sys.executable}" "$@"')

    make(tmp_path, "var/secret-key")
    key = (tmp_path / "var" / "secret-key").read_text()
    make(tmp_path, "var/secret-key")

    assert len(key.strip()) >= 50
    assert (tmp_path / "var" / "secret-key").read_text() == key
    assert (tmp_path / "var" / "secret-key").stat().st_mode & 0o777 == 0o600


def test_import_hands_on_what_else_is_asked_of_it(tmp_path):
    run = make(tmp_path, "--dry-run", "import", "FILE=notes.md", "ARGS=--accept-renames")

    assert 'import_guide "notes.md" --accept-renames' in run.stdout


def test_import_without_a_document_says_how_to_name_one(tmp_path):
    run = make(tmp_path, "--dry-run", "import")

    assert run.returncode != 0
    assert "make import FILE=notes.md" in run.stderr


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_lock_file_holds_versions_and_hashes_and_no_address(name):
    text = (ROOT / name).read_text()
    entries = re.split(r"\n(?=\S)", text.strip())

    assert all("--hash=sha256:" in entry for entry in entries)
    assert not re.search(r"https?:|file:|^-|/", text, re.MULTILINE)


def test_lock_files_hold_what_the_project_asks_for():
    run, dev = locked("requirements.txt"), locked("requirements-dev.txt")
    asked = [Requirement(line) for line in PROJECT["project"]["dependencies"]]
    asked_dev = [Requirement(line) for line in PROJECT["dependency-groups"]["dev"]]

    assert [str(need) for need in asked if run[need.name] not in need.specifier] == []
    assert [str(need) for need in asked_dev if dev[need.name] not in need.specifier] == []
    assert run.items() <= dev.items()


def test_taken_port_is_refused():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]

        with pytest.raises(CommandError, match=f"Port {port} cannot be used"):
            refuse_taken_port(port)
    refuse_taken_port(port)


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("postgres://me:secret@/study?host=/nowhere", "No such file or directory"),
        ("postgres://me:secret@/study?host=/nowhere&sslmod=require", "invalid connection option"),
        ("sqlite:////nowhere/db.sqlite3", "unable to open database file"),
    ],
)
@pytest.mark.parametrize("command", ["prepare", "tidy"])
def test_database_that_cannot_be_used_is_told_in_one_sentence_with_the_reason(command, url, reason):
    refused = run("manage.py", command, SECRET_KEY="x", DATABASE_URL=url)

    assert refused.returncode == 1
    assert refused.stderr.startswith("CommandError: The database of DATABASE_URL cannot be used: ")
    assert reason in refused.stderr
    assert refused.stderr.count("\n") == 1
    assert "secret" not in refused.stderr


@pytest.mark.parametrize("command", [["tidy"], ["backup", "here.gz"], ["reset_link", "bob"]])
def test_database_that_is_not_prepared_is_told_in_one_sentence(command, tmp_path):
    refused = run("manage.py", *command, SECRET_KEY="x", DATABASE_URL=f"sqlite:///{tmp_path}/new.sqlite3")

    assert re.fullmatch(r"CommandError: The database waits for \d+ migrations: run .*prepare first.\n", refused.stderr)


def test_database_is_ready_for_what_the_models_say(db):
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_seed_is_loaded_into_an_empty_database_only(db, capsys):
    call_command("load_seed")
    title = Guide.objects.get().title
    Guide.objects.update(title="Edited by hand")
    call_command("load_seed")

    said = capsys.readouterr().out
    assert f"Loaded {title}" in said
    assert "nothing was loaded" in said
    assert Guide.objects.get().title == "Edited by hand"


def test_chromium_named_by_the_variable_comes_first(tmp_path, monkeypatch):
    monkeypatch.setenv("CHROMIUM", str(script(tmp_path / "my-browser", "exit 0")))

    assert find_chromium() == str(tmp_path / "my-browser")


def test_folder_without_server_binaries_is_no_server(tmp_path):
    assert major_version(tmp_path) == 0
    assert number_in(Path("/usr/lib/postgresql/16/bin")) == 16


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "docs/hosting.md"])
def test_pages_for_people_point_at_files_that_are_there(name):
    page = ROOT / name
    links = re.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text(encoding="utf-8"))

    assert [link for link in links if not (page.parent / link).exists()] == []
