"""What authors send: documents, what they decide over the guesses, how a guide stands on the shelf."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import QuerySet

from studysite.accounts.models import Group, User
from tables.actions.limits import site_limits
from tables.models import Draft, Guide, Table
from tables.models.guides import edits_all
from tables.reader.names import tidy_title

INPUT = {"class": "input"}
UNDECIDED: dict[str, Any] = {"kinds": {}, "apart": [], "ties": {}}
"""What an author may decide of a document, as it is before."""


@dataclass(frozen=True, slots=True)
class Readers:
    """Who may read a guide; where it is a group's guide, which one's."""

    visibility: str
    group: Group | None = None


def visibilities_for(user: User, guide: Guide | None = None) -> list[tuple[str, str]]:
    """
    Who may be shown a guide of this person's: each group that they edit for ("group-" and its id), and everybody only
    where the host lets them. What is a group's stays its own: no editor can take it away. 1 query at most.
    """
    if guide and guide.group:
        groups = [(f"group-{guide.group.pk}", f"Members of {guide.group}")]
    else:
        groups = [(f"group-{group.pk}", f"Members of {group}") for group in Group.objects.edited_by(user)]
    barred = {Guide.Visibility.GROUP.value} | (set() if edits_all(user) else {Guide.Visibility.PUBLIC.value})
    barred |= {Guide.Visibility.PRIVATE.value} if guide and guide.group else set()
    first, *others = [(value, label) for value, label in Guide.Visibility.choices if value not in barred]
    return [*groups, first, *others] if guide and guide.group else [first, *groups, *others]


def readers_of(chosen: str) -> Readers:
    """What one of the choices that `visibilities_for` offers means; only an offered one may be given. 1 query."""
    name, _, number = chosen.partition("-")
    if name != Guide.Visibility.GROUP or not number:
        return Readers(chosen)
    return Readers(Guide.Visibility.GROUP, Group.objects.get(pk=number))


def choice_of(visibility: str, group: Group | None) -> str:
    """The choice that stands for these readers."""
    return f"group-{group.pk}" if group and visibility == Guide.Visibility.GROUP else visibility


class DocumentForm(forms.Form):
    """A document, as a file or as text, and what it becomes."""

    file = forms.FileField(label="Document", required=False)
    text = forms.CharField(
        label="Or paste it", required=False, strip=False, widget=forms.Textarea(attrs={**INPUT, "rows": 10})
    )
    guide = forms.ModelChoiceField(
        label="It becomes",
        queryset=Guide.objects.none(),
        required=False,
        empty_label="A new guide, or the newer version of the one of its title",
    )
    visibility = forms.ChoiceField(label="A new guide may be read by")

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.most = site_limits().size
        self.fields["file"].help_text = f"Markdown, up to {self.most // 10**6} MB; or a table as CSV or TSV."
        self.fields["guide"].queryset = guides_to_renew(user)
        self.fields["guide"].widget.attrs.update(INPUT)
        self.fields["visibility"].choices = visibilities_for(user)
        self.fields["visibility"].widget.attrs.update(INPUT)
        self.fields["file"].widget.attrs.update({**INPUT, "accept": ".md,.markdown,.txt,.csv,.tsv,text/markdown"})

    def clean(self) -> dict[str, Any]:
        """One of file and text; the file's size is known before it is read."""
        file, text = self.cleaned_data.get("file"), self.cleaned_data.get("text", "")
        if not file and not text.strip() and not self.errors:
            self.add_error("file", "Choose a file, or paste your tables below.")
        elif file and text.strip():
            self.add_error("text", "There is a file and a text: take one of them out.")
        elif file and file.size > self.most:
            size = f"{file.size / 1e6:.1f}".rstrip("0").rstrip(".")
            self.add_error("file", f"The file is {size} MB; the limit is {self.most // 10**6} MB. Split it by topic.")
        return self.cleaned_data

    @property
    def readers(self) -> Readers:
        """Who may read a new guide. 1 query."""
        return readers_of(self.cleaned_data["visibility"])

    @property
    def document(self) -> tuple[bytes, str]:
        """The bytes handed in, and the name of their file; empty where they were pasted."""
        file = self.cleaned_data["file"]
        return (file.read(), file.name) if file else (self.cleaned_data["text"].encode(), "")


def guides_to_renew(user: User) -> QuerySet[Guide]:
    """The guides that a document of this person's can be a newer version of."""
    return Guide.objects.editable_by(user).filter(archived_at=None).order_by("title")


class DecisionsForm(forms.Form):
    """What an author decides on the check page: which guide, for whom, kinds of tables, what is and is not the same."""

    guide = forms.ModelChoiceField(
        label="It becomes", queryset=Guide.objects.none(), required=False, empty_label="A new guide"
    )
    visibility = forms.ChoiceField(label="May be read by", required=False)

    def __init__(self, *args: Any, draft: Draft, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.draft = draft
        self.fields["guide"].queryset = guides_to_renew(user)
        self.fields["guide"].initial = draft.guide_id
        self.fields["guide"].widget.attrs.update(INPUT)
        self.fields["visibility"].choices = visibilities_for(user)
        self.fields["visibility"].initial = choice_of(draft.visibility, draft.group)
        self.fields["visibility"].widget.attrs.update(INPUT)

    def apply(self) -> bool:
        """
        Write the decisions into the draft, unsaved. The form must be valid.

        Returns whether the document does something else by them than what was shown.
        """
        draft, said = self.draft, self.cleaned_data
        before = (draft.guide_id, *(draft.choices.get(name, nothing) for name, nothing in UNDECIDED.items()))
        draft.guide = said["guide"]
        if said["visibility"]:
            readers = readers_of(said["visibility"])
            draft.visibility, draft.group = readers.visibility, readers.group
        draft.choices = {
            "is_new": said["guide"] is None,
            "kinds": dict(self._kinds(draft.checked.get("tables", ()))),
            "apart": sorted({*draft.choices.get("apart", ()), *self._apart(draft.checked.get("guesses", ()))}),
            "ties": dict(self._ties(draft.checked.get("ties", ()))),
        }
        return before != (draft.guide_id, *(draft.choices[name] for name in UNDECIDED))

    @property
    def decides_all(self) -> bool:
        """Whether something was said of every guess."""
        guesses = self.draft.checked.get("guesses", ())
        return all(self.data.get(f"same_{guess['key']}") in {"yes", "no"} for guess in guesses)

    def _kinds(self, tables: Iterable[dict[str, Any]]) -> Iterable[tuple[str, str]]:
        """The kinds chosen now, where they differ from what was shown, and those chosen before."""
        kept = self.draft.choices.get("kinds", {})
        for table in tables:
            place = str(table["place"])
            chosen = self.data.get(f"kind_{place}", "")
            if chosen in dict(Table.KIND_CHOICES) and (chosen != table["kind"] or place in kept):
                yield place, chosen
            elif place in kept:
                yield place, kept[place]

    def _ties(self, offered: Iterable[dict[str, Any]]) -> Iterable[tuple[str, int | str]]:
        """What went, by its key, with the place of what it is now; each place is taken once."""
        elsewhere: set[str] = set()
        for offer in offered:
            free = {str(come["place"]): come["place"] for come in offer["come"] if come["place"] not in elsewhere}
            for gone in offer["gone"]:
                place = free.pop(self.data.get(f"tie_{gone['key']}", ""), None)
                if place is not None:
                    elsewhere |= {place} if isinstance(place, str) else set()
                    yield gone["key"], place

    def _apart(self, guesses: Iterable[dict[str, str]]) -> Iterable[str]:
        return (guess["key"] for guess in guesses if self.data.get(f"same_{guess['key']}") == "no")


class GuideForm(forms.ModelForm):
    """How a guide stands on the shelf."""

    class Meta:
        model = Guide
        fields = ["title", "visibility", "place"]
        labels = {"title": "Title", "visibility": "May be read by", "place": "Place on the shelf"}
        help_texts = {"place": "Lowest first; guides of one place stand by title."}

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = visibilities_for(user, self.instance)
        now = choice_of(self.instance.visibility, self.instance.group)
        if now not in dict(offered):
            offered = [(now, self.instance.get_visibility_display()), *offered]
        self.initial["visibility"] = now
        self.fields["visibility"] = forms.ChoiceField(label="May be read by", choices=offered)
        for field in self.fields.values():
            field.widget.attrs.update(INPUT)

    def clean_title(self) -> str:
        """A title as a document would give it, with something to see in it."""
        title = tidy_title(self.cleaned_data["title"])
        if not title:
            raise forms.ValidationError("A guide needs a title that can be seen.")
        return title

    def clean_visibility(self) -> str:
        """Keep who may read it from now on as `readers`; what is a group's stays the group's. At most 1 query."""
        chosen = readers_of(self.cleaned_data["visibility"])
        self.readers = chosen if chosen.group else Readers(chosen.visibility, self.instance.group)
        return chosen.visibility
