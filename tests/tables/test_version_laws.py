from hypothesis import given
from hypothesis import strategies as st

from tables.versions.changes import How
from tables.versions.state import live
from tests.tables.steps import document_of, imported, rows_by_subject

words = st.sampled_from(["ReLU", "TanH", "Swish", "Softmax", "No", "-", "0 to 1", "40+ layers"])


@st.composite
def grids(draw: st.DrawFn) -> list[list[str]]:
    header = ["Name", *draw(st.lists(st.sampled_from("ABCD"), unique=True, max_size=3))]
    subjects = draw(st.lists(st.sampled_from(["x", "y", "z", "u", "v", "w"]), unique=True, max_size=5))
    return [header, *([subject, *(draw(words) for _ in header[1:])] for subject in subjects)]


tables = st.dictionaries(st.sampled_from(["One", "Two", "Three"]), grids(), min_size=1)
documents = st.dictionaries(st.sampled_from(["Topic", "Other", "Third"]), tables, min_size=1)


@given(documents)
def test_a_document_over_itself_is_no_change(document):
    first = imported(document)

    assert first.then(document).state == first.state


@given(documents, documents)
def test_a_newer_document_is_stored_as_it_reads(old, new):
    second = imported(old).then(new)

    assert document_of(second) == new
    assert second.then(new).diff.is_empty


@given(documents, documents)
def test_no_two_parts_ever_share_a_key_or_a_slug(old, new):
    state = imported(old).then(new).then(old).state

    keys = list(state.keys())
    assert len(keys) == len(set(keys))
    for table in state.tables:
        assert len({row.slug for row in table.rows}) == len(table.rows)
        assert len({column.slug for column in table.columns}) == len(table.columns)
    assert len({table.slug for table in state.tables}) == len(state.tables)


@given(documents, st.randoms(use_true_random=False))
def test_shuffled_rows_keep_their_keys_and_values(document, random):
    first = imported(document)
    shuffled = {
        topic: {title: [grid[0], *random.sample(grid[1:], len(grid) - 1)] for title, grid in tables.items()}
        for topic, tables in document.items()
    }

    second = first.then(shuffled)

    assert {how for _, how in second.changes()} <= {How.REORDERED}
    for old, new in zip(first.tables, second.tables, strict=True):
        assert {row.key: row.cells for row in old.rows} == {row.key: row.cells for row in new.rows}


@given(documents, documents)
def test_what_keeps_its_name_keeps_its_key(old, new):
    first = imported(old)
    second = first.then(new)

    before = {(topic.title, table.title): table for topic in first.state.topics for table in first.tables
              if table.topic == topic.key}  # fmt: skip
    for topic in live(second.state.topics):
        for table in second.tables:
            known = before.get((topic.title, table.title)) if table.topic == topic.key else None
            if known:
                subjects = rows_by_subject(known)
                assert table.key == known.key
                assert all(row.key == subjects[row.subject].key for row in live(table.rows) if row.subject in subjects)
