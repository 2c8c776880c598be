"""Each page of the table of permissions, so that no new one is forgotten: it fits, and everybody can use it."""

import pytest

from quizzes.models import Learner, Slot
from studysite.accounts.models import User
from tables.models import Guide
from tests.browser.accessibility import assert_accessible, assert_contrast
from tests.browser.width import fits
from tests.quizzes.bank import give, make_sitting, right, wrong
from tests.test_permissions import ROWS, address, client_of, people, world  # noqa: F401 (two of them are fixtures)

WIDTHS = (320, 1280, 390)
ALIKE = {"PRIVATE", "OURS"}
"""First steps whose pages look like those of GUIDE."""
BROKEN = "accounts/password/reset/key/zzz-x/"
"""Looks a user up twice, which is allauth's affair; it is the page of a link that no longer works."""
LOOKS = {
    "GUIDE/TABLE/?mode=cover": "alice",
    "GUIDE/TABLE/?q=inf&sort=range": "alice",
    "GUIDE/TABLE/?q=nothing-of-the-sort": "visitor",
    "GUIDE/TABLE/?show=issue&show=range": "alice",
    "GUIDE/search/?q=relu": "alice",
    "GUIDE/compare/?rows=TABLE.relu,TABLE.swish": "alice",
    "quiz/SITTING/2/": "alice",
    "quiz/FINISHED/report/": "alice",
}
"""Other looks of a page, after a choice or an answer, and who has them."""


def first_step(pattern: str) -> str:
    return pattern.partition("/")[0]


def is_page(pattern: str) -> bool:
    return (pattern.endswith("/") or not pattern) and first_step(pattern) not in ALIKE and pattern != BROKEN


def pages_of(role: str) -> dict[str, str]:
    """What somebody may look at, and that it is they who do."""
    return {pattern: role for pattern, row in ROWS.items() if row[role][0] == 200 and is_page(pattern)}


PAGES = pages_of("visitor") | pages_of("alice") | LOOKS


@pytest.fixture
def answered(transactional_db, world) -> dict[str, str]:  # noqa: F811 (the fixture)
    """The people and guides of the table of permissions, with a wrong answer and a sitting that has come to its end."""
    alice = client_of("alice")
    learner = Learner.objects.get(user__username="alice")
    finished = make_sitting(learner, Guide.objects.get(slug=world["GUIDE"]), count=3)
    give(alice, Slot.objects.get(sitting=world["SITTING"], position=2), "1")
    for slot in finished.slots.all():
        give(alice, slot, right(slot) if slot.position == 1 else wrong(slot))
    alice.post(f"/quiz/{finished.pk}/finish/")
    return world | {"FINISHED": str(finished.pk)}


@pytest.mark.parametrize("step", sorted({first_step(pattern) for pattern in PAGES}))
def test_every_page_fits_and_is_accessible(open_page, sign_in, answered, step):
    pages = {role: open_page() for role in ("alice", "visitor")}
    sign_in(pages["alice"], User.objects.get(username="alice"))

    for pattern, role in PAGES.items():
        if first_step(pattern) != step:
            continue
        page = pages[role]
        page.goto(address(pattern, answered))
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            assert fits(page), f"{width} pixels: {pattern}"
        assert_accessible(page)
        page.emulate_media(color_scheme="dark")
        assert_contrast(page)
        page.emulate_media(color_scheme="light")
