from datetime import timedelta

from quizzes.scores import Reply, Score, make_report


def reply(is_right, *, topic="Networks", kind="Decision question", is_flagged=False, seconds=10):
    took = None if seconds is None else timedelta(seconds=seconds)
    return Reply(topic=topic, kind=kind, is_right=is_right, is_flagged=is_flagged, took=took)


def test_answers_are_counted_in_all_by_topic_and_by_kind():
    replies = [
        reply(True),
        reply(False, topic="Metrics"),
        reply(True, topic="Metrics", kind="Lookup question"),
        reply(False, topic="Networks", kind="Lookup question"),
    ]

    report = make_report(replies)

    assert (report.all.right, report.all.answered, report.all.missed, report.all.percent) == (2, 4, 2, 50)
    assert report.topics == (Score("Networks", 1, 2), Score("Metrics", 1, 2))
    assert report.kinds == (Score("Decision question", 1, 2), Score("Lookup question", 1, 2))


def test_what_was_not_answered_counts_nowhere_but_in_the_number_asked():
    report = make_report([reply(True), reply(None, topic="Metrics")])

    assert (report.asked, report.unanswered, report.all.answered) == (2, 1, 1)
    assert [topic.name for topic in report.topics] == ["Networks"]


def test_topic_is_weak_when_fewer_than_six_of_ten_were_right_and_more_than_one_was_answered():
    assert Score("", 1, 2).is_weak
    assert not Score("", 3, 5).is_weak
    assert not Score("", 0, 1).is_weak


def test_pace_is_the_mean_of_the_times_that_are_known():
    report = make_report([reply(True, seconds=4), reply(False, seconds=7), reply(True, seconds=None)])

    assert report.pace == timedelta(seconds=5.5)
    assert report.seconds == 6


def test_flags_count_with_how_many_of_them_were_right():
    report = make_report([reply(True, is_flagged=True), reply(False, is_flagged=True), reply(None, is_flagged=True)])

    assert (report.flagged, report.flagged_right) == (3, 1)


def test_sitting_without_an_answer_has_a_report():
    report = make_report([reply(None)])

    assert (report.all.percent, report.topics, report.pace, report.seconds) == (0, (), None, None)
