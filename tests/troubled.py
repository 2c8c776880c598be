"""
A site whose disk takes nothing: a program of its own, for what is taken from it is taken for good.

`python -m tests.troubled full`, with wishes on its input as JSON: method, address, fields and session of each. No file
grows from then on; with any other word the disk is taken as it is. Prints status, Retry-After and words of each answer.
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


def main(trouble: str) -> None:
    """Answer every wish, in this state of things."""
    import django
    from django.conf import settings

    settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
    django.setup()
    from django.test import Client

    wishes = json.load(sys.stdin)
    if trouble == "full":
        resource.setrlimit(resource.RLIMIT_FSIZE, (4096, resource.RLIM_INFINITY))
    for method, path, fields, session in wishes:
        client = Client(raise_request_exception=False, headers={"host": "localhost"})
        if session:
            client.cookies[settings.SESSION_COOKIE_NAME] = session
        answer = getattr(client, method)(path, fields)
        body = b"".join(answer).decode()
        print(json.dumps([answer.status_code, answer.headers.get("Retry-After", ""), body]))


if __name__ == "__main__":
    main(sys.argv[1])
