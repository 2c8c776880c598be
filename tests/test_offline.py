import re
from pathlib import Path

from django.contrib.staticfiles import finders


def test_worker_names_files_that_are_there_and_begins_with_the_page_for_no_connection(client):
    response = client.get("/sw.js")

    script = response.content.decode()
    files = re.findall(r'"([^"]+)"', script.replace("\\u002D", "-"))
    assert response.headers["Content-Type"].startswith("text/javascript")
    assert response.headers["Cache-Control"] == "no-cache"
    assert files[0] == "/offline/"
    assert all(finders.find(file.removeprefix("/static/")) for file in files[1:])
    assert {"css/site.css", "js/site.js", "worker/keep.js"} <= {file.removeprefix("/static/") for file in files}


def test_page_for_no_connection_is_the_same_for_everybody(client, db, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = client.get("/offline/")

    assert "No connection" in response.content.decode()
    assert not response.cookies
    assert "public" in response.headers["Cache-Control"]


def test_site_is_installed_with_its_name_and_icons_that_are_there(client, settings):
    settings.SITE_NAME = "Seminar"

    manifest = client.get("/manifest.webmanifest")

    told = manifest.json()
    assert manifest.headers["Content-Type"] == "application/manifest+json"
    assert told["name"] == told["short_name"] == "Seminar"
    icons = [finders.find(icon["src"].removeprefix("/static/")) for icon in told["icons"]]
    assert {Path(icon).name for icon in icons} == {"favicon.svg", "192.png", "512.png"}


def test_worker_may_start_from_this_site_alone(client):
    assert "worker-src 'self'" in client.get("/offline/").headers["Content-Security-Policy"]
