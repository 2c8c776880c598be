"""Who somebody is to this site, and on which day their exams are."""

from collections.abc import Mapping
from datetime import date

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef

from quizzes.actions.plans import drop_plans
from quizzes.actions.sittings import lock
from quizzes.actions.wishes import after_the_exam
from quizzes.models import Learner, Sitting, Study
from studysite.accounts.actions.people import NameTaken
from studysite.accounts.models import User
from tables.models import Guide


def studies_of(learner: Learner, user: User) -> list[Study]:
    """
    What a learner wants of each guide they have a plan for or sat at least once, in the order of the shelf.

    Unsaved defaults where they have said nothing. 2 queries, however many guides.
    """
    if learner.pk is None:
        return []
    said = Study.objects.of(learner).filter(guide=OuterRef("pk"))
    sat = Sitting.objects.of(learner).filter(guide=OuterRef("pk"))
    guides = Guide.objects.visible_to(user).filter(Exists(said) | Exists(sat))
    known = {study.guide_id: study for study in Study.objects.of(learner)}
    studies = []
    for guide in guides:
        study = known.get(guide.pk) or Study(guide=guide)
        study.guide = guide
        studies.append(study)
    return studies


def keep_person(user: User, *, username: str, wants_mail: bool) -> None:
    """Keep the name and whether mail is wanted. Raises NameTaken."""
    try:
        with transaction.atomic():
            User.objects.filter(pk=user.pk).update(username=username, wants_mail=wants_mail)
    except IntegrityError:
        raise NameTaken from None


@transaction.atomic
def keep_days(learner: Learner, *, time_zone: str, exams: Mapping[int, date | None]) -> None:
    """
    Keep the time zone, and exam days by the id of their guide; plans are made anew.

    An exam day that has passed becomes the one asked about.
    """
    learner = lock(learner)
    for study in Study.objects.of(learner).filter(guide__in=exams):
        after_the_exam(learner, study)
    learner.time_zone = time_zone
    learner.save(update_fields=["time_zone"])
    Study.objects.bulk_create(
        [Study(learner=learner, guide_id=guide, exam_on=day) for guide, day in exams.items()],
        update_conflicts=True, unique_fields=["learner", "guide"], update_fields=["exam_on"],
    )  # fmt: skip
    drop_plans(learner)
