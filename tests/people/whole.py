"""Somebody of whom every table of the database holds something, and a look through all of these tables."""

from datetime import date

from allauth.mfa.models import Authenticator
from django.apps import apps
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db.models import Model
from django.test import Client
from django.utils import timezone

from quizzes.actions.importing import begin_draft
from quizzes.actions.rule_out import begin_rule_out
from quizzes.actions.setting_aside import set_aside
from quizzes.models import (
    Analysis,
    Assignment,
    Confusion,
    DayPlan,
    Dismissal,
    Event,
    Fact,
    Learner,
    Look,
    Meeting,
    Outdated,
    Outlook,
    Question,
    Reminder,
    Report,
    Study,
    new_token,
)
from studysite.accounts.models import User
from tables.models import Edit, Guide, Version
from tests.accounts.people import sign_in
from tests.factories import PASSWORD, make_user
from tests.groups import make_group, make_invitation
from tests.quizzes.bank import give, make_asked_guide, make_sitting, right, wrong

USER, LEARNER = 918_273_645, 581_273_645
"""Ids that no other row has, and that stand in no text by chance."""
NAME, EMAIL = "zenobia-of-palmyra", "queen@palmyra.example"
MARKS = (str(USER), str(LEARNER), NAME, EMAIL)


def make_zenobia() -> Client:
    """Her browser. She has a guide, private, and learns from it and from a public one of nobody's."""
    user = User.objects.create_user(NAME, EMAIL, PASSWORD, pk=USER)
    user.groups.add(Group.objects.create(name="Editors"))
    user.user_permissions.add(Permission.objects.first())
    user.emailaddress_set.create(email=EMAIL, verified=True, primary=True)
    learner = Learner.objects.create(pk=LEARNER, user=user, time_zone="Asia/Damascus")
    client = Client(headers={"User-Agent": "Palmyrene"})
    sign_in(client, NAME)
    Authenticator.objects.create(user=user, type="recovery_codes", data={"seed": NAME})
    give_guides(user)
    learn(client, learner)
    study_together(user, learner)
    return client


def give_guides(user: User) -> None:
    """A guide of hers, with its history, and what she did to that of others."""
    public = make_asked_guide(title="Public")
    own = make_asked_guide(title="Own", visibility="private", owner=user)
    about = ContentType.objects.get_for_model(User)
    for guide in (own, public):
        Version.objects.create(guide=guide, number=1, source=b"| a |\n|---|\n", sha256="", imported_by=user)
        Edit.objects.create(guide=guide, table=guide.tables.first(), by=user, number=2, sentences=["A cell"])
        Dismissal.objects.create(guide=guide, finding_key="k", by=user)
    begin_draft(user, source=b"| a | b |\n|---|---|\n| 1 | 2 |\n", name="notes.md", guide=None, visibility="private")
    for by in (user, User.objects.create_superuser("ada")):
        LogEntry.objects.create(
            user=by, content_type=about, object_id=str(user.pk), object_repr=NAME, action_flag=CHANGE
        )


def study_together(user: User, learner: Learner) -> None:
    """A group that she owns, with somebody else in it, and what they did together."""
    group = make_group(user, make_user("longinus"), name="The court")
    make_invitation(group)
    guide = Guide.objects.get(title="Public")
    assignment = Assignment.objects.create(group=group, guide=guide, by=user)
    Reminder.objects.create(user=user, assignment=assignment)
    Meeting.objects.create(group=group, guide=guide, by=user, count=1, finished_at=timezone.now())
    Analysis.objects.create(group=group, looked_at=timezone.now(), learners=[learner.pk])
    Look.objects.create(group=group, looked_at=timezone.now(), learners=[learner.pk])


def learn(client: Client, learner: Learner) -> None:
    """Answers to both guides, and all that follows from answers."""
    today = date(2026, 11, 1)
    for guide in Guide.objects.all():
        sitting = make_sitting(learner, guide, count=4)
        for slot in sitting.slots.all():
            give(client, slot, wrong(slot) if slot.position == 2 else right(slot))
        fact, table = Fact.objects.filter(guide=guide)[0], guide.tables.first()
        begin_rule_out(learner, guide, new_token())
        set_aside(learner, Fact.objects.filter(pk=fact.pk))
        Study.objects.create(learner=learner, guide=guide, exam_on=today)
        DayPlan.objects.update_or_create(learner=learner, guide=guide, defaults={"on": today})
        Outlook.objects.get_or_create(
            learner=learner,
            guide=guide,
            on=today,
            defaults=dict(for_day=today, mean=1, low=1, high=1, now=1, answers=1),
        )
        Outdated.objects.get_or_create(learner=learner, fact=fact)
        Confusion.objects.get_or_create(learner=learner, table=table, asked=fact.key, said=guide.key)
        Event.objects.create(learner=learner, guide=guide, kind="reset", happened_at=timezone.now())
        question = Question.objects.filter(guide=guide)[0]
        Report.objects.create(
            learner=learner, question=question, comment=NAME, reason="else", created_at=timezone.now()
        )


def all_models() -> list[type[Model]]:
    """Every table of the site, those between two models included."""
    return apps.get_models(include_auto_created=True)


def names_a_person(model: type[Model]) -> bool:
    """Whether a row of this model may point at an account or a learner."""
    return any(field.related_model in (User, Learner) for field in model._meta.concrete_fields if field.is_relation)


def rows_about_her(model: type[Model]) -> list[str]:
    """What rows of a table say, where it names her or holds one of her ids."""
    told = [text_of(model, row) for row in model._base_manager.all()]
    return [text for text in told if any(mark in text for mark in MARKS)]


def text_of(model: type[Model], row: Model) -> str:
    """Everything that one row holds, as text; of a session what is in it."""
    if model is Session:
        return str(row.get_decoded())
    values = (field.value_from_object(row) for field in model._meta.concrete_fields)
    return f"{model.__name__}: " + " ".join(
        bytes(value).decode(errors="replace") if isinstance(value, (bytes, memoryview)) else str(value)
        for value in values
    )
