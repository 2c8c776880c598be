import psycopg
import pytest
from django.db import InterfaceError, InternalError, OperationalError
from django.test import Client
from django.urls import path


def away(request):
    raise OperationalError("the connection was closed")


def lost(request):
    raise InterfaceError("the connection is closed")


def only_read(request):
    raise InternalError("cannot execute INSERT in a read-only transaction") from psycopg.errors.ReadOnlySqlTransaction()


def without_redis(request):
    raise type("BusyLoadingError", (type("ConnectionError", (Exception,), {"__module__": "redis.exceptions"}),), {})


def muddled(request):
    raise InternalError("current transaction is aborted") from psycopg.errors.InFailedSqlTransaction()


def mistaken(request):
    raise ValueError("our fault")


urlpatterns = [path(f"{view.__name__}/", view) for view in (away, lost, only_read, without_redis, muddled, mistaken)]
handler500 = "studysite.errors.broken"


@pytest.fixture
def visitor(settings):
    """A client of a site whose views fail, which gets the answers that a browser would get."""
    settings.ROOT_URLCONF = __name__
    return Client(raise_request_exception=False)


@pytest.mark.parametrize("path", ["/away/", "/lost/", "/only_read/", "/without_redis/"])
def test_while_the_database_is_away_the_answer_says_when_to_come_back(visitor, path):
    response = visitor.get(path)

    assert response.status_code == 503
    assert response.headers["Retry-After"] == "5"
    assert response.headers["Cache-Control"] == "no-store"
    assert "Back in a moment" in response.content.decode()


def test_htmx_gets_a_notice_beside_what_was_chosen(visitor):
    response = visitor.post("/away/", headers={"HX-Request": "true", "HX-Target": "question"})

    assert response.status_code == 503
    assert response.headers["HX-Retarget"] == "#toasts"
    assert "Nothing you entered is lost" in response.content.decode()
    assert "<html" not in response.content.decode()


@pytest.mark.parametrize("path", ["/mistaken/", "/muddled/"])
def test_our_own_mistake_is_500_without_a_traceback(visitor, path):
    response = visitor.get(path)

    assert response.status_code == 500
    assert "our fault" not in response.content.decode()
    assert "Traceback" not in response.content.decode()
