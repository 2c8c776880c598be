"""Form fields as the site draws them: label, control, then error or hint, tied together for screen readers."""

from typing import Any

from django import template
from django.forms import BoundField, CheckboxInput

register = template.Library()


@register.inclusion_tag("field.html")
def field(bound: BoundField, label: str = "", hint: str = "", errors: Any = None) -> dict[str, Any]:
    """
    One row of a form.

    `label` and `hint` replace the form's own words; `errors` are said here beside those of the field itself
    (a wrong password is nobody's field, but is shown under the password).
    """
    faults = [*bound.errors, *(errors or [])]
    hint = hint or (bound.help_text if str(bound.help_text).strip() else "")
    ids = [f"{bound.auto_id}_{kind}" for kind, words in (("error", faults), ("hint", hint)) if words]
    attrs: dict[str, Any] = {"placeholder": False}  # the label says it already
    if ids:
        attrs["aria-describedby"] = " ".join(ids)
    if faults:
        attrs["aria-invalid"] = "true"
    return {
        "bound": bound,
        "control": bound.as_widget(attrs=attrs),
        "label": label or bound.label,
        "hint": hint,
        "faults": faults,
        "is_checkbox": isinstance(bound.field.widget, CheckboxInput),
    }
