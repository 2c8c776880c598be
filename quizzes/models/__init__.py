"""
What learners do: a learner sits through slots, gives one answer to each, and the answers move the memory of facts.

Every table begins its keys and indexes with the learner. The answer log is never changed; memory can be made from it.
"""

from quizzes.models.answers import Answer, AnswerFact, Event
from quizzes.models.bank import Bank, Fact, FactQuerySet, Question, QuestionQuerySet
from quizzes.models.groups import (
    Analysis,
    Assignment,
    AssignmentQuerySet,
    Look,
    Meeting,
    MeetingQuerySet,
    Reminder,
    sittings_done,
    sittings_told,
)
from quizzes.models.learners import DayPlan, Learner, Outlook, Study, StudyQuerySet
from quizzes.models.memories import Confusion, Memory, MemoryQuerySet, Outdated, SetAside
from quizzes.models.notes import Dismissal
from quizzes.models.reports import Report, ReportQuerySet
from quizzes.models.rule_out import RuleOut, RuleOutQuerySet
from quizzes.models.sittings import Sitting, SittingQuerySet, new_token
from quizzes.models.slots import Slot, SlotQuerySet

__all__ = [
    "Analysis",
    "Answer",
    "AnswerFact",
    "Assignment",
    "AssignmentQuerySet",
    "Bank",
    "Confusion",
    "DayPlan",
    "Dismissal",
    "Event",
    "Fact",
    "FactQuerySet",
    "Learner",
    "Look",
    "Meeting",
    "MeetingQuerySet",
    "Memory",
    "MemoryQuerySet",
    "Outdated",
    "Outlook",
    "Question",
    "QuestionQuerySet",
    "Reminder",
    "Report",
    "ReportQuerySet",
    "RuleOut",
    "RuleOutQuerySet",
    "SetAside",
    "Sitting",
    "SittingQuerySet",
    "Slot",
    "SlotQuerySet",
    "Study",
    "StudyQuerySet",
    "new_token",
    "sittings_done",
    "sittings_told",
]
