import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.views import defaults

from tests.factories import make_user


def test_missing_page_is_said_in_our_looks(client, db):
    response = client.get("/no-such-guide/no-such-table/")

    page = response.content.decode()
    assert response.status_code == 404
    assert "<h1>This cell is empty</h1>" in page
    assert f'href="{reverse("tables:home")}"' in page
    assert f'role="search" action="{reverse("tables:search-everywhere")}"' in page


@pytest.mark.parametrize("is_signed_in", [False, True])
def test_all_missing_pages_are_alike(client, db, is_signed_in):
    if is_signed_in:
        client.force_login(make_user())

    one, other = client.get("/no-such-guide/no-such-table/"), client.get("/no/such/page/at/all/?q=1")

    assert one.content == other.content


def test_only_visitors_are_told_to_sign_in_on_a_missing_page(client, db):
    visitor = client.get("/no/such/page/").content.decode()
    client.force_login(make_user())
    person = client.get("/no/such/page/").content.decode()

    assert "sign in</a> to go on with it" in visitor
    assert "sign in</a> to go on with it" not in person


def test_refusal_names_its_reason_as_text(rf):
    request = rf.get("/")

    response = defaults.permission_denied(request, PermissionDenied("Only <b>members</b> of Tuesday may see this."))

    assert response.status_code == 403
    assert "Only &lt;b&gt;members&lt;/b&gt; of Tuesday may see this." in response.content.decode()


def test_refusal_without_a_reason_says_something(rf):
    page = defaults.permission_denied(rf.get("/"), PermissionDenied()).content.decode()

    assert "This page is for other people" in page


def test_our_own_failure_is_said_without_database_or_session(rf):
    response = defaults.server_error(rf.get("/"))

    page = response.content.decode()
    assert response.status_code == 500
    assert "Your answers up to this point are saved" in page
    assert "/static/css/site.css" in page


def test_wrong_host_is_refused_without_being_repeated(client):
    response = client.get("/", headers={"Host": "evil.example"})

    page = response.content.decode()
    assert response.status_code == 400
    assert "<h1>That request made no sense here</h1>" in page
    assert "evil.example" not in page


def test_form_without_its_token_is_told_to_reload(db):
    response = Client(enforce_csrf_checks=True).post(reverse("account_login"), {"login": "alice", "password": "x"})

    page = response.content.decode()
    assert response.status_code == 403
    assert "<h1>This page was open too long</h1>" in page
    assert 'href="/accounts/login/"' in page


@pytest.mark.parametrize(
    ("address", "status"), [("/accounts/login/", 400), ("/quiz/", 400), ("/theme/", 400), ("/no/such/page/", 404)]
)
@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded; charset=utf-16", "multipart/form-data"])
def test_form_that_cannot_be_read_is_no_failure_of_ours(db, address, status, kind):
    client = Client(enforce_csrf_checks=True)
    client.cookies["csrftoken"] = "a" * 32

    response = client.generic("POST", address, b"login=alice", content_type=kind)

    assert response.status_code == status


def test_too_many_fields_are_no_failure_of_ours(db):
    client = Client(enforce_csrf_checks=True)
    client.cookies["csrftoken"] = "a" * 32
    fields = {f"field{number}": "" for number in range(1500)}

    assert client.post("/no/such/page/", fields).status_code == 404
    assert client.post("/theme/", fields).status_code == 400


@pytest.mark.parametrize(("path", "status"), [("/guides/import/", 413), ("/progress/data/", 422)])
def test_what_says_it_is_too_large_is_refused_unread(client, db, path, status):
    response = client.post(path, b"", content_type="text/plain", CONTENT_LENGTH=str(50 * 1024**2))

    assert response.status_code == status
    assert ("At most 5 MB can be sent here" in response.content.decode()) is (status == 413)
