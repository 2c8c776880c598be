"""
A site on SQLite whose disk takes nothing: a program of its own, for what is taken from it is taken for good.

`python -m tests.troubled begin` makes a site at DATABASE_URL and prints, as JSON, what can be asked of it. With `full`
no file grows from then on, with any other word the disk is taken as it is: wishes come on the input as JSON (method,
address, fields and session of each), and status, Retry-After and words of each answer are printed.
"""

import ctypes
import json
import os
import resource
import sys

CAPABILITIES = (1, 2)
"""CAP_DAC_OVERRIDE and CAP_DAC_READ_SEARCH: what lets root write where permissions forbid it."""
DROP = 24  # PR_CAPBSET_DROP


def heed_permissions() -> None:
    """Before another program is started: let it, even as root, be refused what permissions refuse."""
    if os.geteuid() == 0:
        for capability in CAPABILITIES:
            ctypes.CDLL(None).prctl(DROP, capability, 0, 0, 0)


def set_up() -> None:
    """Make Django ready, with the settings of a host and static files as they lie in the project."""
    import django
    from django.conf import settings

    settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
    django.setup()


def begin() -> None:
    """A guide, and alice, who has a question of it before her."""
    from django.conf import settings
    from django.core.management import call_command
    from django.test import Client

    from tests.factories import make_learner, make_user
    from tests.quizzes.bank import address, given_right, make_asked_guide, make_sitting

    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    guide, alice, client = make_asked_guide(), make_user(), Client(headers={"host": "localhost"})
    slot = make_sitting(make_learner(alice), guide, count=3).slots.first()
    client.force_login(alice)
    client.get(address(slot))
    told = {"guide": guide.slug, "table": guide.tables.first().get_absolute_url(), "question": address(slot)}
    told |= {"answer": {"token": slot.token, **given_right(slot)}}
    print(json.dumps(told | {"session": client.cookies[settings.SESSION_COOKIE_NAME].value}))


def main(trouble: str) -> None:
    """Answer every wish, in this state of things."""
    from django.conf import settings
    from django.test import Client

    wishes = json.load(sys.stdin)
    if trouble == "full":
        resource.setrlimit(resource.RLIMIT_FSIZE, (4096, resource.RLIM_INFINITY))
    for method, path, fields, session in wishes:
        client = Client(raise_request_exception=False, headers={"host": "localhost"})
        if session:
            client.cookies[settings.SESSION_COOKIE_NAME] = session
        answer = getattr(client, method)(path, fields)
        print(json.dumps([answer.status_code, answer.headers.get("Retry-After", ""), b"".join(answer).decode()]))


if __name__ == "__main__":
    set_up()
    begin() if sys.argv[1] == "begin" else main(sys.argv[1])
