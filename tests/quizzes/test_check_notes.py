from collections import Counter
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from quizzes.actions.notes import addresses_of, check_notes, check_notes_of, dismiss, dismissed_in, places_of
from quizzes.generation.ledger import Code as LedgerCode
from quizzes.models import Bank, Fact
from quizzes.notes_check.findings import Code
from tables.actions.states import load
from tests.edits import seed
from tests.factories import make_guide, make_table, make_topic
from tests.quizzes.bank import make_asked_guide
from tests.quizzes.notes import SHIPPED_PINS, first, gap_of, publish, seed_pins, state_of


def test_cell_far_down_is_found_on_its_page_of_the_table(client, db):
    guide = make_guide()
    rows = [(f"Row {n}", f"Value {n}", str(n)) for n in range(205)]
    table = make_table(make_topic(guide), grid=[("Name", "Says", "Number"), *rows, ("Last", "-", "x")])
    gap = first(guide, Code.PLACEHOLDER)

    address = addresses_of(guide, gap.places)[gap.places[0]]

    assert address == f"{table.get_absolute_url()}?page=2#row-last.says"
    page = client.get(address.partition("#")[0]).content.decode()
    assert 'id="row-last.says"' in page


def test_every_place_leads_to_what_is_there(client, db):
    guide = publish(seed(), pins=SHIPPED_PINS)
    checked = check_notes(guide)

    addresses = set(addresses_of(guide, places_of(checked.findings, checked.unasked)).values())

    pages = {address.partition("#")[0] for address in addresses}
    shown = {page: client.get(page).content.decode() for page in pages}
    assert [each for each in addresses if f'id="{each.partition("#")[2]}"' not in shown[each.partition("#")[0]]] == []


def test_stored_guide_and_its_document_give_the_same_findings(db):
    guide = publish(seed(), pins=SHIPPED_PINS)
    dismissed = first(guide, Code.DANGLING)
    dismiss(guide, dismissed, None)
    newer = state_of(seed(), load(guide).state)

    checked = check_notes_of(newer, seed_pins(), dismissed_in(guide))

    assert checked.findings == check_notes(guide).findings
    assert checked.dismissed == (dismissed,)


def test_facts_that_cannot_be_asked_are_the_same_before_and_after_publishing(db):
    guide = publish(seed(), pins=SHIPPED_PINS)

    before = check_notes_of(load(guide).state, seed_pins(), with_unasked=True)

    assert before.unasked == check_notes(guide).unasked
    assert Counter(each.code for each in before.unasked) == {
        LedgerCode.EMPTY: 5, LedgerCode.VAGUE: 9, LedgerCode.POINTER: 2, LedgerCode.SHARED_BY_MOST: 9
    }  # fmt: skip


def test_fact_whose_questions_are_hidden_is_said_to_be_so(db):
    guide = make_asked_guide()
    fact = Fact.objects.asked().filter(guide=guide, authored__isnull=False).first()
    Fact.objects.filter(pk=fact.pk).update(is_asked=False)

    hidden = [each for each in check_notes(guide).unasked if each.code is None]

    assert [each.place.question for each in hidden] == [fact.authored.question]


def test_facts_are_not_called_unaskable_before_their_questions_are_made(db):
    guide = make_asked_guide()
    counts = [len(check_notes(guide).unasked)]
    guide.version += 1
    guide.save()

    counts.append(len(check_notes(guide).unasked))

    assert counts[0] > 0
    assert counts[1] == 0


def told(slug: str) -> str:
    output = StringIO()
    call_command("check_notes", slug, stdout=output)
    return output.getvalue()


def test_command_tells_each_finding_with_its_lines(db):
    guide = publish(seed(), pins=SHIPPED_PINS)
    dismiss(guide, gap_of(guide, "Swish"), None)

    lines = told(guide.slug).splitlines()

    assert lines[-1] == "48 findings, 1 dismissed. 25 facts are not asked."
    assert len(lines) == 49
    assert any(line.startswith("306, 151: “RMSE, R-squared” leaves out MAE") for line in lines)


@pytest.mark.django_db
def test_command_knows_no_guide_of_that_name():
    with pytest.raises(CommandError, match="No guide has the slug nowhere"):
        told("nowhere")


@pytest.mark.django_db
def test_command_names_a_pin_that_means_nothing():
    guide = make_asked_guide()
    Bank.objects.filter(guide=guide).update(pins={"pins": [{"kind": "odd"}]})

    with pytest.raises(CommandError, match="Pin 1"):
        told(guide.slug)
