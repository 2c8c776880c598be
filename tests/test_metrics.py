import re

import pytest

from tests.factories import make_guide, make_learner

TOKEN = {"Authorization": "Bearer a-token-of-the-host"}
LINE = re.compile(r'(# TYPE \w+ (counter|gauge|histogram)|\w+(\{(\w+="[^"]*",?)+\})? [0-9.e+-]+)')


@pytest.fixture
def host(client, db, settings):
    """The client of a host who has set a token."""
    settings.METRICS_TOKEN = "a-token-of-the-host"
    return client


def figure(response, name):
    """What one figure of the database says."""
    return re.search(rf"^{name} (\S+)$", response.content.decode(), re.MULTILINE)[1]


def test_figures_are_lines_that_prometheus_reads(host):
    host.get("/accounts/login/")

    response = host.get("/metrics", headers=TOKEN)

    assert response.headers["Content-Type"].startswith("text/plain; version=0.0.4")
    assert "no-store" in response.headers["Cache-Control"]
    assert [line for line in response.content.decode().splitlines() if not LINE.fullmatch(line)] == []


def test_answers_of_the_process_and_rows_of_the_database_are_told(host):
    make_guide()
    make_learner()
    host.get("/accounts/login/")

    response = host.get("/metrics", headers=TOKEN)

    text = response.content.decode()
    assert re.search(r'requests_total\{process="\d+",method="GET",status="2xx"\} [1-9]', text)
    assert re.search(r'request_seconds_bucket\{process="\d+",le="\+Inf"\} [1-9]', text)
    assert figure(response, "studysite_guides") == "1"
    assert int(figure(response, "studysite_learners_total")) >= 1


@pytest.mark.parametrize("headers", [{}, {"Authorization": "Bearer wrong"}, {"Authorization": "Bearer "}])
def test_without_the_token_there_is_no_such_page(host, headers):
    assert host.get("/metrics", headers=headers).status_code == 404


def test_without_a_token_set_nobody_gets_in(client, db):
    assert client.get("/metrics", headers={"Authorization": "Bearer "}).status_code == 404


def test_prometheus_comes_by_number_and_without_https(host, settings):
    settings.SECURE_SSL_REDIRECT = True

    assert host.get("/metrics", headers={"host": "10.0.0.7:8000", **TOKEN}).status_code == 200


def test_queries_do_not_grow_with_what_there_is(host, django_assert_num_queries):
    for _ in range(2):
        make_guide()
        make_learner()
        with django_assert_num_queries(6):
            host.get("/metrics", headers=TOKEN)
