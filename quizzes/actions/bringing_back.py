"""Earlier versions of a guide's document, published again."""

from quizzes.actions.importing import Refused
from quizzes.actions.publishing import Outcome, publish_document
from studysite.accounts.models import User
from tables.actions.limits import site_limits
from tables.models import Version
from tables.reader import read


def undo_version(version: Version, by: User) -> Outcome:
    """
    Publish what the guide's document said before this version; the newest one alone, if it is of the last 30 days.

    Raises Refused, and what publishing raises.
    """
    newest = Version.objects.filter(guide=version.guide).order_by("-pk").first()
    if version != newest or not version.may_be_undone:
        raise Refused("Only the newest version can be undone, for 30 days. An older one can be brought back.")
    before = Version.objects.filter(guide=version.guide, number__lt=version.number).order_by("-number", "pk").first()
    if before is None:
        raise Refused("There was nothing before it. Archive the guide instead.")
    return bring_back(before, by, against=version.guide.version)


def bring_back(version: Version, by: User, *, against: int | None = None) -> Outcome:
    """Publish an earlier version of a guide's document again. Raises what publishing raises."""
    source = bytes(version.source)
    return publish_document(
        version.guide,
        read(source, version.name, site_limits()),
        source,
        name=version.name,
        by=by,
        against=against,
        accept_renames=True,
    )
