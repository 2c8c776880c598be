"""Addresses of practice and progress."""

import re

from django.urls import path, register_converter
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

app_name = "quizzes"
urlpatterns = [
    path("accounts/profile/", person.profile, name="profile"),
    path("accounts/delete/", person.delete, name="delete-account"),
    path("accounts/deleted/", person.deleted, name="account-deleted"),
    path("guides/", guides.guides, name="guides"),
    path("guides/import/", importing.choose, name="import"),
    path("guides/import/<number:draft>/", importing.draft, name="draft"),
    path("guides/<part:guide>/", guides.manage, name="manage"),
    path("guides/<part:guide>/versions/<number:version>/", guides.compare, name="version"),
    path("guides/<part:guide>/versions/<number:version>.md", guides.version, name="version-file"),
    path("guides/<part:guide>/edit/<part:table>/", editing.table, name="edit"),
    path("guides/<part:guide>/edit/<part:table>/<slug:place>/", editing.text, name="edit-text"),
    path("quiz/", start.start, name="start"),
    path("quiz/<part:guide>/export/", packages.export, name="export"),
    path("quiz/<part:guide>/export/<package:name>", packages.file, name="export-file"),
    path("quiz/continue/", today.go_on, name="continue"),
    path("quiz/exam/", exam.start, name="exam"),
    path("quiz/rule-out/", rule_out.start, name="rule-out-start"),
    path("quiz/rule-out/<number:rule_out>/", rule_out.rule_out, name="rule-out"),
    path("quiz/<number:sitting>/<number:position>/rule-out/", rule_out.others, name="rule-out-others"),
    path("quiz/rebuild/", rebuild.start, name="rebuild"),
    path("quiz/wrong/<part:guide>/<part:table>/", reporting.wrong_cells, name="wrong-cells"),
    path("quiz/wrong/<part:guide>/<part:table>/<part:row>/<part:column>/", reporting.wrong_cell, name="wrong-cell"),
    path("quiz/bank/<part:guide>/", bank.guide, name="bank"),
    path("quiz/bank/<part:guide>/<part:table>/", bank.table, name="bank-table"),
    path("quiz/<part:guide>/notes/", notes.notes, name="notes"),
    path("quiz/<number:sitting>/", question.sitting, name="sitting"),
    path("quiz/<number:sitting>/report/", report.report, name="report"),
    path("quiz/<number:sitting>/retry/", report.retry, name="retry"),
    path("quiz/<number:sitting>/finish/", question.finish, name="finish"),
    path("quiz/<number:sitting>/hand-in/", exam.submit, name="hand-in"),
    path("quiz/<number:sitting>/<number:position>/", question.question, name="question"),
    path("quiz/<number:sitting>/<number:position>/flag/", question.flag, name="flag"),
    path("quiz/<number:sitting>/<number:position>/count/", question.count, name="count"),
    path("quiz/<number:sitting>/<number:position>/wrong/", reporting.wrong, name="wrong"),
    path("quiz/<number:sitting>/<number:position>/others/", others.others, name="others"),
    path("quiz/<number:sitting>/<number:position>/undo/", mine.undo, name="undo"),
    path("quiz/<number:sitting>/<number:position>/aside/", mine.aside, name="aside-fact"),
    path("progress/plan/<part:guide>/", plan.plan, name="plan"),
    path("progress/plan/<part:guide>/outcome/", plan.outcome, name="outcome"),
    path("progress/data/", data.data, name="data"),
    path("progress/data/studysite.json", data.everything, name="data-json"),
    path("progress/data/answers.csv", data.answers, name="data-answers"),
    path("progress/data/memory.csv", data.memory, name="data-memory"),
    path("progress/aside/", known.aside, name="aside"),
    path("progress/memory/<part:guide>/<part:table>/", known.memory, name="memory"),
    path("progress/cover/<part:guide>/<part:table>/", known.cover, name="cover"),
    path("progress/cover/<part:guide>/<part:table>/grade/", known.grade, name="grade"),
    path("progress/over/<part:guide>/", mine.over, name="over-guide"),
    path("progress/over/<part:guide>/<part:table>/", mine.over, name="over"),
    path("groups/<number:group>/", groups.group, name="group"),
    path("groups/<number:group>/guides/", groups.guides, name="group-guides"),
    path("groups/<number:group>/group.json", groups.export, name="group-export"),
    path("groups/<number:group>/blind-spots/", group_blind_spots.blind_spots, name="group-blind-spots"),
    path("groups/<number:group>/questions/", group_questions.questions, name="group-questions"),
    path("groups/<number:group>/questions.csv", group_questions.as_csv, name="group-questions-csv"),
    path("groups/<number:group>/exam-day/", exam_days.adopt, name="group-exam-day"),
    path("groups/<number:group>/map/<part:guide>/<part:table>/", group_blind_spots.group_map, name="group-map"),
    path("groups/<number:group>/together/", meetings.together, name="together"),
    path("groups/<number:group>/together/<number:meeting>/", meetings.meeting, name="meeting"),
    path("groups/<number:group>/close/", groups.close, name="group-close"),
    path("groups/<number:group>/assign/", assignments.assign, name="assign"),
    path("groups/<number:group>/assignments/<number:assignment>/", assignments.assignment, name="assignment"),
    path("groups/<number:group>/assignments/<number:assignment>/start/", assignments.begin, name="begin-assignment"),
    path("progress/", progress.progress, name="progress"),
    path("progress/effort/<part:guide>/", progress.effort, name="effort"),
    path("progress/last-night/<part:guide>/", last_night.last_night, name="last-night"),
    path("progress/beside/<part:guide>/<part:table>/<part:part>/", mixups.beside, name="beside"),
    path("progress/mixed-up/<part:guide>/<part:table>/", mixups.mixed, name="mixed"),
    path("progress/mixed-up/<part:guide>/<part:table>/<part:one>/<part:other>/", mixups.pair, name="pair"),
]
