"""Standings of a group: who wants to be named, by what they know and the days they were there; never by speed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from quizzes.models import Answer, Memory
from studysite.accounts.models import Membership
from tables.models import Guide


@dataclass(frozen=True, slots=True)
class Standing:
    """
    One member. `known` facts were right when last asked, of `seen`; `days` had an answer, of which there are `answers`.
    """

    membership: Membership
    place: int
    known: int = 0
    seen: int = 0
    days: int = 0
    answers: int = 0

    @property
    def recall(self) -> int | None:
        """How many of the facts seen were right when last asked, in percent; None for who has seen none."""
        return round(100 * self.known / self.seen) if self.seen else None


def standings_of(people: Iterable[Membership], guides: QuerySet[Guide], *, since: date | None = None) -> list[Standing]:
    """
    Those of these members who share their standing, who knows most first; equals share a place and stand by name.

    Days and answers are counted from a study day on; what was taken in from a file counts nowhere. 2 queries, however
    many people there are.
    """
    sharing = {person.user_id: person for person in people if person.shares_standing}
    known = {user: (right, seen) for user, right, seen in _known(sharing, guides)}
    active = {user: (days, answers) for user, days, answers in _active(sharing, guides, since)}
    made = [
        Standing(person, 0, *known.get(user, (0, 0)), *active.get(user, (0, 0))) for user, person in sharing.items()
    ]
    made.sort(key=lambda each: (-each.known, -each.days, each.membership.user.username))
    merits = [(each.known, each.days) for each in made]
    return [
        Standing(each.membership, merits.index(merit) + 1, each.known, each.seen, each.days, each.answers)
        for each, merit in zip(made, merits, strict=True)
    ]


def _known(users: Iterable[int], guides: QuerySet[Guide]) -> Iterable[tuple[int, int, int]]:
    memories = Memory.objects.asked().answered_here()
    memories = memories.filter(learner__user__in=list(users), fact__guide__in=guides.values("pk"))
    counted = memories.order_by().values_list("learner__user")
    return counted.annotate(right=Count("pk", filter=Q(is_right=True)), seen=Count("pk"))


def _active(users: Iterable[int], guides: QuerySet[Guide], since: date | None) -> Iterable[tuple[int, int, int]]:
    answers = Answer.objects.filter(
        learner__user__in=list(users), sitting__guide__in=guides.values("pk"), sitting__is_taken_in=False,
        slot__is_undone=False,
    )  # fmt: skip
    answers = answers.filter(study_day__gte=since) if since else answers
    counted = answers.order_by().values_list("learner__user")
    return counted.annotate(days=Count("study_day", distinct=True), n=Count("pk"))
