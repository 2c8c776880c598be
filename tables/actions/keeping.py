"""What is read of a public guide is kept for everybody, by the version of the guide it was read from."""

from collections.abc import Callable, Hashable, Iterable, Mapping

from studysite.kept import Kept
from tables.actions.readable import Edition
from tables.models import Guide


def version_of(*guides: Guide | Edition) -> str:
    """A key that changes with the content of any of these guides, what is asked of it, and its author's other names."""
    return " ".join(
        f"{guide.pk}:{guide.version}:{guide.concepts_version}:{guide.asked_version}:{guide.naming}" for guide in guides
    )


def public_version(guide: Guide | Edition) -> str:
    """The same of a guide that everybody may read; empty for any other, of which nothing may be kept."""
    return version_of(guide) if guide.visibility == Guide.Visibility.PUBLIC else ""


def kept_of[Value](guide: Guide, kept: Kept[Value], make: Callable[[], Value], part: Hashable = 0) -> Value:
    """What `make` reads of a part of a guide, if it is not kept."""
    version = public_version(guide)
    return kept.get((version, part), make) if version else make()


def kept_parts[Key: Hashable, Part](
    kept: Kept[Part], kind: str, wanted: Mapping[Key, str], read: Callable[[Iterable[Key]], Mapping[Key, Part]]
) -> dict[Key, Part]:
    """
    What there is of the `wanted` parts of one kind, by key: those not kept are given to `read`, all at once.

    With each key stands the `public_version` of its guide.
    """
    parts = {
        key: part
        for key, version in wanted.items()
        if version and (part := kept.find((version, kind, key))) is not None
    }
    missing = wanted.keys() - parts.keys()
    for key, part in read(missing).items() if missing else ():
        parts[key] = kept.keep((wanted[key], kind, key), part) if wanted[key] else part
    return parts
