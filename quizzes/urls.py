"""Addresses of practice and progress."""

import re

from django.urls import include, path, register_converter
from django.urls.converters import StringConverter

from quizzes.packages.formats import FORMATS
from quizzes.views import (
    assignments,
    bank,
    data,
    editing,
    exam,
    exam_days,
    group_blind_spots,
    group_questions,
    groups,
    guides,
    importing,
    known,
    last_night,
    meetings,
    mine,
    mixups,
    notes,
    others,
    packages,
    person,
    plan,
    progress,
    question,
    rebuild,
    report,
    reporting,
    rule_out,
    start,
    today,
)
from studysite import converters  # noqa: F401  (registers what a step may be)


class PackageConverter(StringConverter):
    """The name of a file of questions."""

    regex = "|".join(map(re.escape, FORMATS))


register_converter(PackageConverter, "package")

_accounts = [
    path("profile/", person.profile, name="profile"),
    path("delete/", person.delete, name="delete-account"),
    path("deleted/", person.deleted, name="account-deleted"),
]
_guides = [
    path("", guides.guides, name="guides"),
    path("import/", importing.choose, name="import"),
    path("import/<number:draft>/", importing.draft, name="draft"),
    path("<part:guide>/", guides.manage, name="manage"),
    path("<part:guide>/versions/<number:version>/", guides.compare, name="version"),
    path("<part:guide>/versions/<number:version>.md", guides.version, name="version-file"),
    path("<part:guide>/edit/<part:table>/", editing.table, name="edit"),
    path("<part:guide>/edit/<part:table>/<slug:place>/", editing.text, name="edit-text"),
]
_quiz = [
    path("", start.start, name="start"),
    path("<part:guide>/export/", packages.export, name="export"),
    path("<part:guide>/export/<package:name>", packages.file, name="export-file"),
    path("continue/", today.go_on, name="continue"),
    path("exam/", exam.start, name="exam"),
    path("rule-out/", rule_out.start, name="rule-out-start"),
    path("rule-out/<number:rule_out>/", rule_out.rule_out, name="rule-out"),
    path("<number:sitting>/<number:position>/rule-out/", rule_out.others, name="rule-out-others"),
    path("rebuild/", rebuild.start, name="rebuild"),
    path("wrong/<part:guide>/<part:table>/", reporting.wrong_cells, name="wrong-cells"),
    path("wrong/<part:guide>/<part:table>/<part:row>/<part:column>/", reporting.wrong_cell, name="wrong-cell"),
    path("bank/<part:guide>/", bank.guide, name="bank"),
    path("bank/<part:guide>/<part:table>/", bank.table, name="bank-table"),
    path("<part:guide>/notes/", notes.notes, name="notes"),
    path("<number:sitting>/", question.sitting, name="sitting"),
    path("<number:sitting>/report/", report.report, name="report"),
    path("<number:sitting>/retry/", report.retry, name="retry"),
    path("<number:sitting>/finish/", question.finish, name="finish"),
    path("<number:sitting>/hand-in/", exam.submit, name="hand-in"),
    path("<number:sitting>/<number:position>/", question.question, name="question"),
    path("<number:sitting>/<number:position>/flag/", question.flag, name="flag"),
    path("<number:sitting>/<number:position>/count/", question.count, name="count"),
    path("<number:sitting>/<number:position>/wrong/", reporting.wrong, name="wrong"),
    path("<number:sitting>/<number:position>/others/", others.others, name="others"),
    path("<number:sitting>/<number:position>/undo/", mine.undo, name="undo"),
    path("<number:sitting>/<number:position>/aside/", mine.aside, name="aside-fact"),
]
_progress = [
    path("plan/<part:guide>/", plan.plan, name="plan"),
    path("plan/<part:guide>/outcome/", plan.outcome, name="outcome"),
    path("data/", data.data, name="data"),
    path("data/studysite.json", data.everything, name="data-json"),
    path("data/answers.csv", data.answers, name="data-answers"),
    path("data/memory.csv", data.memory, name="data-memory"),
    path("aside/", known.aside, name="aside"),
    path("memory/<part:guide>/<part:table>/", known.memory, name="memory"),
    path("cover/<part:guide>/<part:table>/", known.cover, name="cover"),
    path("cover/<part:guide>/<part:table>/grade/", known.grade, name="grade"),
    path("over/<part:guide>/", mine.over, name="over-guide"),
    path("over/<part:guide>/<part:table>/", mine.over, name="over"),
    path("", progress.progress, name="progress"),
    path("effort/<part:guide>/", progress.effort, name="effort"),
    path("last-night/<part:guide>/", last_night.last_night, name="last-night"),
    path("beside/<part:guide>/<part:table>/<part:part>/", mixups.beside, name="beside"),
    path("mixed-up/<part:guide>/<part:table>/", mixups.mixed, name="mixed"),
    path("mixed-up/<part:guide>/<part:table>/<part:one>/<part:other>/", mixups.pair, name="pair"),
]
_groups = [
    path("<number:group>/", groups.group, name="group"),
    path("<number:group>/guides/", groups.guides, name="group-guides"),
    path("<number:group>/group.json", groups.export, name="group-export"),
    path("<number:group>/blind-spots/", group_blind_spots.blind_spots, name="group-blind-spots"),
    path("<number:group>/questions/", group_questions.questions, name="group-questions"),
    path("<number:group>/questions.csv", group_questions.as_csv, name="group-questions-csv"),
    path("<number:group>/exam-day/", exam_days.adopt, name="group-exam-day"),
    path("<number:group>/map/<part:guide>/<part:table>/", group_blind_spots.group_map, name="group-map"),
    path("<number:group>/together/", meetings.together, name="together"),
    path("<number:group>/together/<number:meeting>/", meetings.meeting, name="meeting"),
    path("<number:group>/close/", groups.close, name="group-close"),
    path("<number:group>/assign/", assignments.assign, name="assign"),
    path("<number:group>/assignments/<number:assignment>/", assignments.assignment, name="assignment"),
    path("<number:group>/assignments/<number:assignment>/start/", assignments.begin, name="begin-assignment"),
]
app_name = "quizzes"
urlpatterns = [  # by first steps, so that an address of another app is seen not to be one of these in five looks
    path("accounts/", include(_accounts)),
    path("guides/", include(_guides)),
    path("quiz/", include(_quiz)),
    path("progress/", include(_progress)),
    path("groups/", include(_groups)),
]
