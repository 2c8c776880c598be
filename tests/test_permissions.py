"""
Who may do what at every address of the site. An address without a row here fails the run.

alice owns, bob is signed in and a stranger, carol is on the staff without any permission, a visitor has no session.
dora is in alice's group; where a row does not name her she is a stranger like bob.
"""

import re
from collections import deque
from collections.abc import Iterator

import pytest
from django.http import StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import URLResolver, get_resolver
from zeal import zeal_ignore

from quizzes.actions.importing import begin_draft
from quizzes.actions.rule_out import begin_rule_out
from quizzes.models import Answer, Assignment, Meeting, Sitting, Slot, new_token
from studysite.accounts.models import User
from tables.models import Draft, Guide, Version
from tests.factories import make_learner, make_user
from tests.groups import make_group, make_invitation
from tests.quizzes.bank import give, make_asked_guide, make_exam, make_sitting
from tests.quizzes.pages import without_tokens

pytestmark = pytest.mark.django_db

# For each role what GET and POST give. POST carries no fields: 422 and 400 mean that it may, but said nothing.
PUBLIC = {role: (200, 405) for role in ("visitor", "alice", "bob", "carol")}
ENTRANCE = {"visitor": (200, 200), "alice": (302, 302), "bob": (302, 302), "carol": (302, 302)}
MEMBERS = {"visitor": (302, 302), "alice": (200, 200), "bob": (200, 200), "carol": (200, 200)}
MEMBERS_ONLY_READ = {"visitor": (302, 302)} | {role: (200, 405) for role in ("alice", "bob", "carol")}
SIGN_OUT = {"visitor": (302, 302), "alice": (200, 302), "bob": (200, 302), "carol": (200, 302)}
TO_SIGN_IN = {role: (302, 302) for role in ("visitor", "alice", "bob", "carol")}
NOT_YET = {"visitor": (302, 302)} | {role: (404, 405) for role in ("alice", "bob", "carol")}
PLAIN = {role: (200, 200) for role in ("visitor", "alice", "bob", "carol")}


def only_alices(get: int, post: int) -> dict[str, tuple[int, int]]:
    """What is alice's alone: for a stranger it is not there, a visitor who sends something is asked to sign in."""
    stranger = (405 if get == 405 else 404, 405 if post == 405 else 404)
    visitor = (stranger[0], 405 if post == 405 else 401)
    return {"alice": (get, post), "bob": stranger, "carol": stranger, "visitor": visitor}


def of_group(
    get: int, post: int, *, member: tuple[int, int], visitor: tuple[int, int] = (302, 302)
) -> dict[str, tuple[int, int]]:
    """What the owner of a group gets, and its member; for a stranger it is not there, a visitor is asked to sign in."""
    stranger = (405 if get == 405 else 404, 405 if post == 405 else 404)
    return {"alice": (get, post), "dora": member, "bob": stranger, "carol": stranger, "visitor": visitor}


ROWS = {
    "": {"visitor": (302, 405), "alice": (200, 405), "bob": (302, 405), "carol": (302, 405)},  # a single guide is home
    "search/": PUBLIC,
    "GUIDE/": PUBLIC,
    "GUIDE/search/": PUBLIC,
    "GUIDE/compare/": PUBLIC,
    "GUIDE/concepts/": PUBLIC,
    "GUIDE/concepts/relu/": PUBLIC,
    "GUIDE/TABLE/": PUBLIC,
    "GUIDE/TABLE/columns/": {role: (405, 303) for role in ("visitor", "alice", "bob", "carol")},
    "GUIDE.json": PUBLIC,
    "GUIDE/TABLE.csv": PUBLIC,
    "PRIVATE.json": only_alices(200, 405) | {"visitor": (404, 405)},
    "PRIVATE/PTABLE/columns/": only_alices(405, 303) | {"visitor": (405, 404)},
    "PRIVATE/PTABLE.csv": only_alices(200, 405) | {"visitor": (404, 405)},
    "PRIVATE/": only_alices(200, 405) | {"visitor": (404, 405)},
    "PRIVATE/search/": only_alices(200, 405) | {"visitor": (404, 405)},
    "PRIVATE/compare/": only_alices(200, 405) | {"visitor": (404, 405)},
    "PRIVATE/concepts/": only_alices(200, 405) | {"visitor": (404, 405)},
    "PRIVATE/concepts/relu/": only_alices(200, 405) | {"visitor": (404, 405)},
    "PRIVATE/PTABLE/": only_alices(200, 405) | {"visitor": (404, 405)},
    "guides/": MEMBERS_ONLY_READ,
    "guides/import/": {role: (200, 422) for role in ("alice", "bob", "carol")} | {"visitor": (302, 302)},
    "guides/import/DRAFT/": only_alices(200, 303) | {"visitor": (302, 302)},
    "guides/PRIVATE/": only_alices(200, 422) | {"visitor": (404, 404)},
    "guides/PRIVATE/versions/VERSION/": only_alices(200, 405) | {"visitor": (404, 405)},
    "guides/PRIVATE/versions/VERSION.md": only_alices(200, 405) | {"visitor": (404, 405)},
    "guides/PRIVATE/edit/PTABLE/": only_alices(200, 404) | {"visitor": (404, 404)},  # nothing said is no wish
    "guides/PRIVATE/edit/PTABLE/title/": only_alices(200, 422) | {"visitor": (404, 404)},
    "quiz/": {role: (200, 422) for role in ("visitor", "alice", "bob", "carol")},
    "quiz/GUIDE/export/": PUBLIC,
    "quiz/PRIVATE/export/": only_alices(200, 405) | {"visitor": (404, 405)},
    "quiz/GUIDE/export/moodle.xml": PUBLIC,
    "quiz/PRIVATE/export/anki.apkg": only_alices(200, 405) | {"visitor": (404, 405)},
    "quiz/wrong/GUIDE/TABLE/": PUBLIC,
    "quiz/wrong/PRIVATE/PTABLE/": only_alices(200, 405) | {"visitor": (404, 405)},
    "quiz/wrong/GUIDE/TABLE/relu/range/": {role: (200, 422) for role in ("visitor", "alice", "bob", "carol")},
    "quiz/wrong/PRIVATE/PTABLE/relu/range/": only_alices(200, 422) | {"visitor": (404, 404)},
    "quiz/bank/PRIVATE/": only_alices(200, 303) | {"visitor": (404, 404)},
    "quiz/bank/PRIVATE/PTABLE/": only_alices(200, 303) | {"visitor": (404, 404)},
    "quiz/PRIVATE/notes/": only_alices(200, 303) | {"visitor": (404, 404)},
    "quiz/exam/": {role: (200, 422) for role in ("visitor", "alice", "bob", "carol")},
    "quiz/rebuild/": {role: (200, 422) for role in ("visitor", "alice", "bob", "carol")},
    "quiz/rule-out/": {role: (200, 422) for role in ("visitor", "alice", "bob", "carol")},
    "quiz/rule-out/RULED/": only_alices(200, 422),
    "quiz/SITTING/1/rule-out/": only_alices(405, 303),  # not answered yet: back to the question
    "quiz/continue/": {role: (302, 405) for role in ("visitor", "alice", "bob", "carol")},
    "quiz/SITTING/1/undo/": only_alices(405, 303),
    "quiz/SITTING/1/aside/": only_alices(405, 303),
    "progress/aside/": {role: (200, 303) for role in ("visitor", "alice", "bob", "carol")},
    "progress/data/": {role: (200, 422) for role in ("visitor", "alice", "bob", "carol")},
    "progress/data/studysite.json": PUBLIC,
    "progress/data/answers.csv": PUBLIC,
    "progress/data/memory.csv": PUBLIC,
    "progress/memory/GUIDE/TABLE/": {role: (200, 303) for role in ("visitor", "alice", "bob", "carol")},
    "progress/memory/PRIVATE/PTABLE/": only_alices(200, 303) | {"visitor": (404, 404)},
    "progress/cover/GUIDE/TABLE/": PUBLIC,
    "progress/cover/PRIVATE/PTABLE/": only_alices(200, 405) | {"visitor": (404, 405)},
    "progress/cover/GUIDE/TABLE/grade/": {role: (405, 404) for role in ("visitor", "alice", "bob", "carol")},
    "progress/cover/PRIVATE/PTABLE/grade/": {role: (405, 404) for role in ("visitor", "alice", "bob", "carol")},
    "progress/over/GUIDE/": {role: (200, 422) for role in ("visitor", "alice", "bob", "carol")},
    "progress/over/PRIVATE/": only_alices(200, 422) | {"visitor": (404, 404)},
    "progress/over/GUIDE/TABLE/": {role: (200, 422) for role in ("visitor", "alice", "bob", "carol")},
    "progress/over/PRIVATE/PTABLE/": only_alices(200, 422) | {"visitor": (404, 404)},
    "progress/plan/GUIDE/": {role: (200, 422) for role in ("visitor", "alice", "bob", "carol")},
    "progress/plan/PRIVATE/": only_alices(200, 422) | {"visitor": (404, 404)},
    "progress/plan/GUIDE/outcome/": {role: (405, 303) for role in ("visitor", "alice", "bob", "carol")},
    "progress/plan/PRIVATE/outcome/": only_alices(405, 303) | {"visitor": (405, 404)},
    "quiz/SITTING/": only_alices(302, 405),
    "quiz/SITTING/1/": only_alices(200, 422),
    "quiz/SITTING/1/flag/": only_alices(405, 303),
    "quiz/SITTING/1/count/": only_alices(405, 303),
    "quiz/SITTING/1/wrong/": only_alices(200, 422),
    "quiz/SITTING/1/others/": only_alices(302, 405) | {"visitor": (404, 405)},
    "quiz/SITTING/report/": only_alices(302, 405),
    "quiz/SITTING/finish/": only_alices(405, 303),
    "quiz/SITTING/retry/": only_alices(405, 303),
    "quiz/SITTING/hand-in/": only_alices(404, 404),  # a practice has nothing to be handed in
    "quiz/EXAM/hand-in/": only_alices(200, 303),
    "quiz/EXAM/1/": only_alices(200, 422),
    "progress/": PUBLIC,
    "progress/effort/GUIDE/": PUBLIC,
    "progress/effort/PRIVATE/": only_alices(200, 405) | {"visitor": (404, 405)},
    "progress/last-night/GUIDE/": PUBLIC,
    "progress/last-night/PRIVATE/": only_alices(200, 405) | {"visitor": (404, 405)},
    "progress/beside/GUIDE/TABLE/relu/": {role: (302, 405) for role in ("visitor", "alice", "bob", "carol")},
    "progress/beside/PRIVATE/PTABLE/relu/": only_alices(302, 405) | {"visitor": (404, 405)},
    "progress/mixed-up/GUIDE/TABLE/": PUBLIC,
    "progress/mixed-up/PRIVATE/PTABLE/": only_alices(200, 405) | {"visitor": (404, 405)},
    "progress/mixed-up/GUIDE/TABLE/relu/swish/": {role: (200, 422) for role in ("visitor", "alice", "bob", "carol")},
    "progress/mixed-up/PRIVATE/PTABLE/relu/swish/": only_alices(200, 422) | {"visitor": (404, 404)},
    "groups/": MEMBERS_ONLY_READ,
    "groups/new/": {role: (200, 422) for role in ("alice", "bob", "carol")} | {"visitor": (302, 302)},
    "groups/GROUP/": of_group(200, 405, member=(200, 405)),
    "groups/GROUP/settings/": of_group(200, 422, member=(403, 403)),
    "groups/GROUP/members/": of_group(200, 404, member=(200, 403)),  # nothing said is no wish
    "groups/GROUP/leave/": of_group(200, 422, member=(200, 303)),
    "groups/GROUP/invitation/": of_group(405, 422, member=(405, 403)),
    "groups/GROUP/invitation/mail/": of_group(405, 404, member=(405, 403)),  # this host sends no mail
    "groups/GROUP/sharing/": of_group(405, 303, member=(405, 303)),
    "groups/GROUP/guides/": of_group(200, 404, member=(403, 403)),
    "groups/GROUP/group.json": of_group(200, 405, member=(403, 405)),
    "groups/GROUP/blind-spots/": of_group(200, 404, member=(200, 404)),  # nothing said is no guide
    "groups/GROUP/questions/": of_group(200, 405, member=(403, 405)),
    "groups/GROUP/questions.csv": of_group(200, 405, member=(403, 405)),
    "groups/GROUP/exam-day/": of_group(405, 404, member=(405, 404)),  # nothing said is no guide
    "groups/GROUP/map/OURS/OTABLE/": of_group(200, 405, member=(200, 405)),
    "groups/GROUP/together/": of_group(303, 303, member=(303, 303)),  # to the meeting under way
    "groups/GROUP/together/MEETING/": of_group(200, 404, member=(200, 404)),  # nothing said is about no question
    "groups/GROUP/close/": of_group(200, 422, member=(403, 403)),
    "groups/GROUP/assign/": of_group(200, 422, member=(403, 403)),
    "groups/GROUP/assignments/ASSIGNMENT/": of_group(200, 303, member=(403, 403)),
    "groups/GROUP/assignments/ASSIGNMENT/start/": of_group(405, 303, member=(405, 303)),
    "OURS/": of_group(200, 405, member=(200, 405), visitor=(404, 405)),
    "OURS/OTABLE/": of_group(200, 405, member=(200, 405), visitor=(404, 405)),
    "OURS.json": of_group(200, 405, member=(200, 405), visitor=(404, 405)),
    "guides/OURS/": of_group(200, 422, member=(404, 404), visitor=(404, 404)),
    "join/": {role: (404, 404) for role in ("visitor", "alice", "bob", "carol")},
    "join/LINK/": {"alice": (303, 303), "dora": (303, 303), "bob": (200, 303), "carol": (200, 303)}
    | {"visitor": (200, 401)},
    "about/no-such-page/": {role: (404, 405) for role in ("visitor", "alice", "bob", "carol")},  # the host wrote none
    "theme/": {role: (405, 400) for role in ("visitor", "alice", "bob", "carol")},
    "livez": PUBLIC,
    "sw.js": PUBLIC,
    "offline/": PUBLIC,
    "manifest.webmanifest": PUBLIC,
    "readyz": PUBLIC,
    "metrics": {role: (404, 405) for role in ("visitor", "alice", "bob", "carol")},  # without the host's token
    "favicon.ico": {role: (302, 302) for role in ("visitor", "alice", "bob", "carol")},
    "accounts/profile/": MEMBERS | {role: (200, 422) for role in ("alice", "bob", "carol")},
    "accounts/delete/": MEMBERS | {role: (200, 422) for role in ("alice", "bob", "carol")},
    "accounts/deleted/": PUBLIC,
    "accounts/sessions/": MEMBERS | {role: (200, 303) for role in ("alice", "bob", "carol")},
    "accounts/2fa/": MEMBERS_ONLY_READ,
    "accounts/2fa/authenticate/": TO_SIGN_IN,
    "accounts/2fa/reauthenticate/": TO_SIGN_IN,  # a password is asked for first where that is all there is
    "accounts/2fa/totp/activate/": TO_SIGN_IN,
    "accounts/2fa/totp/deactivate/": NOT_YET | {role: (404, 404) for role in ("alice", "bob", "carol")},
    "accounts/2fa/recovery-codes/": NOT_YET,
    "accounts/2fa/recovery-codes/generate/": TO_SIGN_IN,
    "accounts/2fa/recovery-codes/download/": NOT_YET | {role: (404, 404) for role in ("alice", "bob", "carol")},
    "accounts/2fa/webauthn/": MEMBERS_ONLY_READ,
    "accounts/2fa/webauthn/add/": TO_SIGN_IN,
    "accounts/2fa/webauthn/login/": TO_SIGN_IN,
    "accounts/2fa/webauthn/reauthenticate/": TO_SIGN_IN,
    "accounts/2fa/webauthn/keys/987654321/remove/": TO_SIGN_IN,
    "accounts/2fa/webauthn/keys/987654321/edit/": TO_SIGN_IN,
    "accounts/login/": ENTRANCE,
    "accounts/signup/": ENTRANCE,
    "accounts/logout/": SIGN_OUT,
    "admin/logout/": SIGN_OUT,
    "accounts/inactive/": PUBLIC,
    "accounts/reauthenticate/": MEMBERS,
    "accounts/email/": MEMBERS | {role: (200, 302) for role in ("alice", "bob", "carol")},
    "accounts/password/change/": MEMBERS,
    "accounts/password/set/": MEMBERS | {role: (302, 302) for role in ("alice", "bob", "carol")},
    "accounts/password/reset/": PLAIN,
    "accounts/password/reset/done/": PUBLIC,
    "accounts/password/reset/key/zzz-x/": PLAIN,
    "accounts/password/reset/key/done/": PUBLIC,
    "accounts/confirm-email/": PUBLIC,
    "accounts/confirm-email/x/": {role: (200, 404) for role in ("visitor", "alice", "bob", "carol")},
    "accounts/login/code/confirm/": {role: (302, 302) for role in ("visitor", "alice", "bob", "carol")},
}
ROLES = {"visitor", "alice", "bob", "carol"}
PEOPLE = ("alice", "bob", "carol", "dora")


def routes(resolver: URLResolver | None = None, before: str = "", app: str = "") -> Iterator[tuple[str, str]]:
    """Every address pattern of the site, with the name of its view or, where it has none, the pattern again."""
    for part in (resolver or get_resolver()).url_patterns:
        route = before + str(part.pattern)
        if isinstance(part, URLResolver):
            yield from routes(part, route, f"{part.namespace}:" if part.namespace else app)
        else:
            yield route, f"{app}{part.name}" if part.name else route


@pytest.fixture
def people() -> None:
    """alice, bob, carol and dora."""
    for name in PEOPLE:
        make_user(name, is_staff=name == "carol")


@pytest.fixture
def world(people) -> dict[str, str]:
    """A guide for everybody, one of alice's own, and two sittings of hers; by the words that stand for them."""
    alice = User.objects.get(username="alice")
    guide, private = make_asked_guide(), make_asked_guide(title="Private", visibility="private", owner=alice)
    learner = make_learner(alice)
    group = make_group(alice, User.objects.get(username="dora"))
    ours = make_asked_guide(title="Ours", visibility="group", group=group)
    return {
        "GUIDE": guide.slug,
        "PRIVATE": private.slug,
        "PTABLE": private.tables.first().slug,
        "TABLE": guide.tables.first().slug,
        "SITTING": str(make_sitting(learner, guide, count=3).pk),
        "EXAM": str(make_exam(learner, guide).pk),
        "DRAFT": str(draft_of(alice).pk),
        "VERSION": str(version_of(private).pk),
        "GROUP": str(group.pk),
        "ASSIGNMENT": str(Assignment.objects.create(group=group, guide=ours).pk),
        "MEETING": str(Meeting.objects.create(group=group, guide=ours, by=alice, count=1).pk),
        "OURS": ours.slug,
        "OTABLE": ours.tables.first().slug,
        "LINK": make_invitation(group).token,
        "RULED": str(begin_rule_out(learner, guide, new_token()).pk),
    }


def draft_of(user: User) -> Draft:
    """A document that waits to be published."""
    document = b"# Notes\n\n| Name | Use |\n|---|---|\n| TCP | Web |\n| UDP | Calls |\n"
    return begin_draft(user, source=document, name="notes.md", guide=None, visibility="private")


def version_of(guide: Guide) -> Version:
    """A version of a guide's document."""
    return Version.objects.create(guide=guide, number=0, source=b"| a |\n|---|\n| b |\n", sha256="")


def client_of(role: str) -> Client:
    client = Client()
    if role != "visitor":
        client.force_login(User.objects.get(username=role))
    return client


def address(pattern: str, world: dict[str, str]) -> str:
    return "/" + re.sub("[A-Z]+", lambda word: world[word[0]], pattern)


def status(response: HttpResponseBase) -> int:
    """Its status, once all that it streams was read: a stream left open would hold the database's cursor."""
    if isinstance(response, StreamingHttpResponse):
        deque(response, maxlen=0)
    return response.status_code


@pytest.mark.parametrize("pattern", ROWS)
def test_everybody_gets_what_the_table_says(world, pattern):
    path = address(pattern, world)

    with zeal_ignore():  # the page behind a reset link looks the user up twice, which is allauth's affair
        given = {
            role: (status(client_of(role).get(path)), status(client_of(role).post(path))) for role in ROWS[pattern]
        }

    assert given == ROWS[pattern]
    assert set(given) - {"dora"} == ROLES


def test_every_address_has_a_row(world):
    resolver = get_resolver()
    matches = [resolver.resolve(address(pattern, world)) for pattern in ROWS]
    covered = {match.route for match in matches} | {match.view_name for match in matches if match.url_name}

    missing = [
        route for route, name in routes() if not route.startswith("admin/") and covered.isdisjoint({route, name})
    ]

    assert missing == []


def admin_addresses() -> list[str]:
    """Every address of the admin, with numbers where it asks for some."""
    found = {re.sub(r"<[^>]*>", "98765", route) for route, _ in routes() if route.startswith("admin/")}
    return sorted(
        path for path in found if not re.search(r"[\^$(]", path) and path not in {"admin/login/", "admin/logout/"}
    )


@pytest.mark.parametrize("path", admin_addresses())
def test_admin_lets_nobody_in_but_the_staff(people, path):
    clients = [client_of(role) for role in ("visitor", "bob")]

    for response in (method(f"/{path}") for client in clients for method in (client.get, client.post)):
        assert response.status_code in {302, 403, 404}
        leads_to = response.headers.get("Location", "/accounts/login/")
        assert leads_to.startswith(("/accounts/login/", "/admin/login/")) or leads_to == "/admin/"


@pytest.mark.parametrize("path", [path for path in admin_addresses() if path.count("/") > 3])
def test_staff_without_a_permission_reads_and_changes_nothing(people, path):
    client = client_of("carol")

    with zeal_ignore():  # the admin looks for one user while another one is asking
        given = [client.get(f"/{path}").status_code, client.post(f"/{path}").status_code]

    assert set(given) <= {302, 403, 404}


@pytest.mark.parametrize(
    "pattern", [pattern for pattern in ROWS if re.search("SITTING|EXAM|RULED|PRIVATE|DRAFT|GROUP|OURS", pattern)]
)
def test_what_is_somebody_elses_looks_like_what_is_not_there(world, pattern):
    missing = world | {
        "SITTING": "987654321",
        "EXAM": "987654321",
        "RULED": "987654321",
        "DRAFT": "987654321",
        "VERSION": "987654321",
        "PRIVATE": "no-such-guide",
        "PTABLE": "no-such-table",
        "GROUP": "987654321",
        "ASSIGNMENT": "987654321",
        "MEETING": "987654321",
        "OURS": "no-such-guide",
        "OTABLE": "no-such-table",
    }
    clients = [client_of(role) for role in ("visitor", "bob", "carol")]

    for method in (method for client in clients for method in (client.get, client.post)):
        foreign, gone = method(address(pattern, world)), method(address(pattern, missing))

        assert foreign.status_code == gone.status_code
        assert neutral(foreign, world, pattern) == neutral(gone, missing, pattern)


def neutral(response, world, pattern):
    """A page with the words for what was asked put back, and without tokens of forms."""
    page = without_tokens(response)
    for word in re.findall("[A-Z]+", pattern):
        page = page.replace(f"/{world[word]}/", f"/{word}/").replace(f"%2F{world[word]}%2F", f"/{word}/")
    return page


@pytest.mark.parametrize("role", ["visitor", "bob", "carol"])
def test_nothing_of_alices_changes_by_what_others_send(world, role):
    client = client_of(role)

    for slot in Slot.objects.filter(position=1):
        give(client, slot, "1")
        for name in ("1/flag", "1/count", "finish", "retry", "hand-in"):
            client.post(f"/quiz/{slot.sitting_id}/{name}/", {"flagged": "1", "token": "t", "only": "all"})

    assert not Answer.objects.exists()
    assert set(Sitting.objects.values_list("finished_at", flat=True)) == {None}
    assert not Slot.objects.filter(is_flagged=True).exists()
    assert not Slot.objects.filter(draft__isnull=False).exists()
