import configparser
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml
from django.conf import settings

from tests.postgres import OLDEST
from tests.test_settings import settings_with

ROOT = Path(__file__).parent.parent
DEPLOY = ROOT / "deploy"
DOCKERFILE = (ROOT / "Dockerfile").read_text()
CADDYFILE = (DEPLOY / "Caddyfile").read_text()
HOSTING = (ROOT / "docs" / "hosting.md").read_text()
COMPOSE = yaml.safe_load((ROOT / "compose.yaml").read_text())
SERVICES = COMPOSE["services"]
EXAMPLE = dict(re.findall(r"^#?([A-Z_]+)=(.*)$", (DEPLOY / "environment.example").read_text(), re.MULTILINE))
OTHERS = {"GRANIAN_WORKERS", "POSTGRES_PASSWORD", "BACKUPS_KEPT"}  # which the server, the database and the night read
UNITS = ("studysite.service", "studysite-daily.service")
OURS = {"app", "prepare", "nightly"}


def unit(name):
    """A systemd unit; of a key that stands twice the last counts."""
    parser = configparser.ConfigParser(strict=False, interpolation=None)
    parser.optionxform = str
    parser.read(DEPLOY / name)
    return parser


def variables_read():
    """Every variable of the environment that the settings ask for."""
    source = "".join((ROOT / "studysite" / name).read_text() for name in ("settings.py", "environment.py"))
    return set(re.findall(r'\benv(?:_is_on|_list|_number|_choice)?\(\s*"([A-Z_]+)"', source))


def test_every_variable_is_told_of_and_nothing_else_is():
    listed = set(re.findall(r"`([A-Z_]+)`", re.search(r"## Settings.*?\n## ", HOSTING, re.DOTALL)[0]))

    assert variables_read() - listed == set()
    assert EXAMPLE.keys() - variables_read() == OTHERS & EXAMPLE.keys()


def test_example_starts_a_site_once_it_has_a_key_and_holds_no_secret():
    values = {name: value.strip("'") for name, value in EXAMPLE.items() if name not in {"LEGAL_DIR"}}
    assert (values.pop("SECRET_KEY"), values.pop("POSTGRES_PASSWORD")) == ("", "")

    made = settings_with(SECRET_KEY="x", **values)

    assert made["SITE_NAME"] == "Study together"
    assert made["SECURE_SSL_REDIRECT"] is made["STAFF_MFA"] is True
    assert made["DATABASES"]["default"]["HOST"] == "/run/postgresql"


def test_units_and_image_start_the_same_server_at_the_port_that_the_proxy_asks():
    by_systemd = unit("studysite.service")["Service"]["ExecStart"].split("granian ")[1]
    by_docker = " ".join(re.findall(r'"([^"]+)"', DOCKERFILE[DOCKERFILE.rindex("\nCMD") :])).removeprefix("granian ")

    assert by_docker == by_systemd.replace("--host 127.0.0.1", "--host 0.0.0.0")
    assert "--port 8000" in by_systemd
    assert "127.0.0.1:8000" in CADDYFILE
    assert SERVICES["proxy"]["environment"]["UPSTREAM"] == "app:8000"
    assert "EXPOSE 8000" in DOCKERFILE


def test_server_may_stop_for_less_time_than_it_is_given():
    seconds = int(re.search(r"--workers-kill-timeout (\d+)", unit("studysite.service")["Service"]["ExecStart"])[1])

    assert int(unit("studysite.service")["Service"]["TimeoutStopSec"]) > seconds
    assert int(SERVICES["app"]["stop_grace_period"].removesuffix("s")) > seconds


@pytest.mark.parametrize("name", UNITS)
def test_unit_runs_as_nobody_else_and_writes_nowhere_else(name):
    service = unit(name)["Service"]

    assert service["User"] == service["Group"] == "studysite"
    assert service["WorkingDirectory"] == "/opt/studysite/current"
    assert (service["ProtectSystem"], service["NoNewPrivileges"]) == ("strict", "yes")
    assert service["CapabilityBoundingSet"] == ""
    assert service["EnvironmentFile"] == "/etc/studysite/environment"
    assert set(service["ReadWritePaths"].split()) <= {"/var/lib/studysite", "/var/backups/studysite"}


def test_both_units_are_locked_in_alike():
    lines = [(DEPLOY / name).read_text().split("NoNewPrivileges")[1].split("\n[")[0].strip() for name in UNITS]

    assert lines[0] == lines[1].replace(" /var/backups/studysite", "")


def test_image_has_the_python_of_the_project_and_no_right_to_anything():
    asked = re.findall(r"^FROM python:(3\.\d+)-slim", DOCKERFILE, re.MULTILINE)
    oldest = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["requires-python"].removeprefix(">=")

    assert set(asked) == {".".join((ROOT / ".python-version").read_text().split()[0].split(".")[:2])}
    assert asked[0] >= oldest
    assert re.search(r"^USER 10001$", DOCKERFILE.rsplit("FROM", 1)[1], re.MULTILINE)
    assert "--require-hashes" in DOCKERFILE
    assert not re.search(r"^(ARG|ENV) .*(SECRET|PASSWORD|TOKEN|_URL)", DOCKERFILE, re.MULTILINE)


def test_image_holds_what_the_site_needs_and_nothing_of_this_machine():
    let_in = {line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")}

    assert {"manage.py", "requirements.txt", "studysite", "tables", "quizzes", "templates", "static"} <= let_in
    assert {"fixtures", "deploy/daily"} <= let_in
    assert all((ROOT / name).exists() for name in let_in)
    assert (ROOT / ".dockerignore").read_text().splitlines()[1] == "*"


def test_containers_of_the_site_can_do_nothing_but_serve():
    for name in OURS:
        assert SERVICES[name]["read_only"] is True
        assert SERVICES[name]["cap_drop"] == ["ALL"]
        assert SERVICES[name]["env_file"] == ".env"
    assert [name for name, service in SERVICES.items() if "ports" in service] == ["proxy"]


def test_containers_wait_for_each_other_in_order():
    waits = {
        name: {on: how["condition"] for on, how in s.get("depends_on", {}).items()} for name, s in SERVICES.items()
    }

    assert waits["prepare"] == {"db": "service_healthy"}
    assert waits["app"]["prepare"] == "service_completed_successfully"
    assert waits["proxy"] == waits["nightly"] == {"app": "service_healthy"}


def test_passwords_and_addresses_come_from_the_file_of_the_host():
    text = (ROOT / "compose.yaml").read_text()
    named = set(re.findall(r"\$\{(\w+)", text))
    password = "${POSTGRES_PASSWORD:?is missing in .env}"

    assert named <= EXAMPLE.keys()
    assert SERVICES["db"]["environment"]["POSTGRES_PASSWORD"] == password
    assert SERVICES["app"]["environment"]["DATABASE_URL"] == f"postgres://studysite:{password}@db:5432/studysite"
    assert ".env" in (ROOT / ".gitignore").read_text().splitlines()
    assert int(SERVICES["db"]["image"].removeprefix("postgres:")) >= OLDEST


def test_volumes_that_are_used_are_declared():
    used = {v.split(":")[0] for service in SERVICES.values() for v in service.get("volumes", ()) if v[0].isalpha()}

    assert used == set(COMPOSE["volumes"])


def test_proxy_lets_through_what_the_site_takes():
    most = int(re.search(r"max_size (\d+)MB", CADDYFILE)[1]) * 1_000_000

    assert most >= max(settings.LARGEST_REQUEST, *settings.LARGEST_REQUESTS.values())


@pytest.fixture
def night(tmp_path):
    """Runs deploy/daily with a Python that only notes what it was asked, and fails at the commands named."""
    log = tmp_path / "log"
    stub = tmp_path / "python"
    stub.write_text(f'#!/bin/sh\necho "$2 $3" >> {log}\ncase " $FAILING " in *" $2 "*) exit 1;; esac\n')
    stub.chmod(0o755)

    def run(failing=""):
        env = {**os.environ, "PATH": f"{tmp_path}:{os.environ['PATH']}", "FAILING": failing}
        done = subprocess.run([DEPLOY / "daily", "/backups"], env=env, check=False)
        return done.returncode, log.read_text().split("\n")[:-1]

    return run


def test_night_reminds_backs_up_and_tidies(night):
    assert night() == (0, ["remind ", "backup /backups", "tidy "])


@pytest.mark.parametrize(
    ("failing", "done"),
    [("remind", ["remind ", "backup /backups", "tidy "]), ("backup", ["remind ", "backup /backups"])],
)
def test_what_fails_at_night_is_told_and_nothing_is_taken_away_without_a_backup(night, failing, done):
    assert night(failing) == (1, done)


@pytest.fixture
def studysite(tmp_path):
    """Runs deploy/manage with a file of settings and a runuser that only prints what the site would be given."""
    stub = tmp_path / "runuser"
    stub.write_text("#!/bin/sh\nenv\n")
    stub.chmod(0o755)

    def run(settings, **variables):
        (tmp_path / "environment").write_text(settings)
        places = {"STUDYSITE_HOME": str(tmp_path), "STUDYSITE_ENVIRONMENT": str(tmp_path / "environment")}
        env = {"PATH": f"{tmp_path}:{os.environ['PATH']}", **places, **variables}
        done = subprocess.run([DEPLOY / "manage", "check"], env=env, capture_output=True, text=True, check=True)
        return dict(line.split("=", 1) for line in done.stdout.splitlines())

    return run


def test_settings_in_quotes_reach_a_command_as_they_are_written(studysite):
    mail = "smtps://me:pa$$wo;rd(&@mail.example.org"

    given = studysite(f"EMAIL_URL='{mail}'\nDATABASE_URL='postgres://me@db/one?a=b&c=d'\n")

    assert (given["EMAIL_URL"], given["DATABASE_URL"]) == (mail, "postgres://me@db/one?a=b&c=d")
    assert studysite("DATABASE_URL='one'\n", DATABASE_URL="other")["DATABASE_URL"] == "other"


def test_command_needs_no_database_in_the_settings(studysite):
    assert "DATABASE_URL" not in studysite("SITE_NAME='Study together'\n")
    assert studysite("SITE_NAME='Study together'\n", DATABASE_URL="other")["DATABASE_URL"] == "other"


def test_every_value_of_the_example_stands_in_single_quotes():
    assert [name for name, value in EXAMPLE.items() if not re.fullmatch("'[^']*'", value)] == []
    assert re.search(r"\|SECRET_KEY='\$\(.*\)'\|", HOSTING)


@pytest.mark.parametrize("name", ["daily", "manage"])
def test_scripts_can_be_run(name):
    assert os.access(DEPLOY / name, os.X_OK)
    assert subprocess.run(["sh", "-n", DEPLOY / name], check=False).returncode == 0


def test_commands_that_are_called_exist():
    called = set(re.findall(r"manage\.py (\w+)", (DEPLOY / "daily").read_text() + DOCKERFILE + str(SERVICES)))
    called |= {command[2] for name in OURS if (command := SERVICES[name].get("command", ["", "", ""]))[0] == "python"}
    commands = subprocess.run(
        [sys.executable, ROOT / "manage.py", "help", "--commands"],
        env={**os.environ, "SECRET_KEY": "x"}, capture_output=True, text=True, check=True,
    ).stdout.split()  # fmt: skip

    assert called - set(commands) - {""} == set()
