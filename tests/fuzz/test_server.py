"""What a server hands on that no client of Django's tests can send: headers that are none, paths that are no text."""

import io

import pytest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections

from studysite.wsgi import application

pytestmark = pytest.mark.django_db
PLAIN = {
    "REQUEST_METHOD": "POST",
    "PATH_INFO": "/theme/",
    "QUERY_STRING": "a=%ff%00&b=x..",
    "SERVER_NAME": "localhost",
    "SERVER_PORT": "80",
    "SERVER_PROTOCOL": "HTTP/1.1",
    "HTTP_HOST": "localhost",
    "CONTENT_TYPE": "application/x-www-form-urlencoded",
    "CONTENT_LENGTH": "10",
    "wsgi.url_scheme": "http",
}


@pytest.fixture(autouse=True)
def _connection_of_the_test_stays_open():
    """As Django's own client for tests does it."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def status(body: bytes = b"theme=dark", **environ: str) -> int:
    """The status of the answer to one request, all of which is read."""
    said = []
    given = PLAIN | {"wsgi.input": io.BytesIO(body), "wsgi.errors": io.StringIO()} | environ
    answer = application(given, lambda status, headers: said.append(int(status.split()[0])))
    b"".join(answer)
    answer.close()
    return said[0]


def test_form_is_understood_whatever_stands_beside_its_type():
    assert status() == status(CONTENT_TYPE="Application/x-www-form-urlencoded ; charset=UTF-8") == 303


@pytest.mark.parametrize("charset", ["rot13", "hex", "undefined", "idna", "punycode", "utf-16", "no-such", "a\0b"])
@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/plain"])
def test_no_charset_breaks_the_reading_of_a_request(charset, kind):
    assert status(CONTENT_TYPE=f"{kind}; charset={charset}") in {303, 400}


@pytest.mark.parametrize(
    "environ",
    [
        {"CONTENT_TYPE": "a/b; " + "x=y; " * 5000},
        {"CONTENT_TYPE": "a/b; x*=no-such'en'y"},
        {"CONTENT_TYPE": ";;=;\xff"},
        {"CONTENT_TYPE": "multipart/form-data"},
        {"CONTENT_TYPE": "multipart/form-data; boundary=\xff\xfe"},
        {"CONTENT_TYPE": "multipart/form-data; boundary=" + "x" * 5000},
        {"CONTENT_LENGTH": "-1"},
        {"CONTENT_LENGTH": "\xb2"},
        {"CONTENT_LENGTH": "1e9"},
        {"CONTENT_LENGTH": "9" * 5000},
        {"PATH_INFO": "/\xff\xfe/\0/"},
        {"PATH_INFO": "//evil.example/"},
        {"PATH_INFO": "/theme/\r\nSet-Cookie: a=b"},
        {"PATH_INFO": ""},
        {"HTTP_HOST": "evil.example:99999999"},
        {"HTTP_HOST": "[::1"},
        {"HTTP_HOST": "local host\0"},
        {"HTTP_COOKIE": 'sessionid="aaaaaaaa\\000"; csrftoken=\xff; a; =; theme="\\"'},
        {"HTTP_COOKIE": "a=b; " * 5000},
        {"REQUEST_METHOD": "G\xffT"},
        {"HTTP_AUTHORIZATION": "Bearer \xff\0"},
        {"HTTP_SEC_FETCH_SITE": "\xff"},
        {"HTTP_ORIGIN": "http://[::1"},
        {"HTTP_ACCEPT_ENCODING": "gzip;q=\xff"},
        {"HTTP_IF_NONE_MATCH": '"' * 5000},
        {"HTTP_IF_MODIFIED_SINCE": "Sun, 99 Foo 99999 99:99:99 GMT"},
    ],
    ids=lambda environ: " ".join(f"{name} {ascii(value)[:30]}" for name, value in environ.items()),
)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_no_header_breaks_the_site(environ, method):
    assert status(**{"PATH_INFO": "/search/", "REQUEST_METHOD": method} | environ) < 500
