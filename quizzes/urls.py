"""Addresses of practice and progress."""

from django.urls import path

from quizzes.views import progress, question, report, start

app_name = "quizzes"
urlpatterns = [
    path("quiz/", start.start, name="start"),
    path("quiz/<int:sitting>/", question.sitting, name="sitting"),
    path("quiz/<int:sitting>/report/", report.report, name="report"),
    path("quiz/<int:sitting>/retry/", report.retry, name="retry"),
    path("quiz/<int:sitting>/finish/", question.finish, name="finish"),
    path("quiz/<int:sitting>/<int:position>/", question.question, name="question"),
    path("quiz/<int:sitting>/<int:position>/flag/", question.flag, name="flag"),
    path("quiz/<int:sitting>/<int:position>/count/", question.count, name="count"),
    path("progress/", progress.progress, name="progress"),
]
