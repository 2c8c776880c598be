import pytest

from quizzes.generation.pins import Pin, PinKind, Pins
from quizzes.notes_check.findings import Code
from quizzes.notes_check.gaps import dangling_word
from quizzes.notes_check.repeats import list_in
from tests.quizzes.notes import LIBRARIES, found_in, grid, same_fact, sentences

STORES = """
# Stores

## Data

### Stores

| Store | Model | Index | Best for |
|---|---|---|---|
| **Redis** | Key and value | {index} | {best} |
| **Neo4j** | Graph | B-tree | Linked people |
| **Postgres** | Relational | B-tree, GIN | Reports |
"""


def stores(index: str = "None", best: str = "Fast caches") -> str:
    return STORES.format(index=index, best=best)


@pytest.mark.parametrize(("gap", "named"), [("-", "“-”"), ("N/A", "“N/A”"), ("TBD", "“TBD”"), ("", "An empty cell")])
def test_cell_without_a_value_is_found(gap, named):
    assert sentences(stores(index=gap), Code.PLACEHOLDER) == [
        f"{named} stands where Redis should have a value under “Index”."
    ]


def test_none_and_zero_are_values():
    assert sentences(stores(index="None", best="0"), Code.PLACEHOLDER) == []


def test_blank_among_marks_says_no():
    text = grid("Store | Disk | Memory | Since", "Redis | - | yes | 2009", "Neo4j | ✓ | | 2007", "Etcd | ✓ | ✓ | 2013")

    assert found_in(text) == []


def test_column_that_is_mostly_blank_is_for_remarks():
    rows = ("Redis | Keys | ", "Neo4j | Graphs | Old", "Etcd | Trees | ", "Kafka | Logs | ")

    assert found_in(grid("Store | Holds | Remark", *rows)) == []


def test_question_without_an_answer_is_found():
    text = grid("Question | Answer", "Fast cache? | Redis", "Linked people? | ?", title="Which?")

    assert sentences(text, Code.PLACEHOLDER) == ["“Linked people?” has no answer."]


@pytest.mark.parametrize(
    "text",
    ["Both", "Both matter", "Best of both", "Use both", "both of them", "Both is possible"]
    + ["the latter", "When the former fails", "ditto", "See above", "same"],
)
def test_word_that_points_into_nothing(text):
    assert dangling_word(text) != ""


@pytest.mark.parametrize(
    "text",
    ["Both reads and writes", "both directions", "TCP and UDP, both", "Both/either", "bothersome", "Both keys & values"]
    + ["The latest", "Same as LSTM", "", "-", "Same-origin", "Above average", "former names"],
)
def test_word_that_says_what_it_means(text):
    assert dangling_word(text) == ""


def test_both_is_clear_where_the_column_has_two_other_values():
    rows = ("Redis | Client", "Neo4j | Server", "Etcd | Both", "Kafka | Server")

    assert sentences(grid("Store | Runs on", *rows), Code.DANGLING) == []
    assert len(sentences(grid("Store | Runs on", *rows, "Solr | Cloud"), Code.DANGLING)) == 1


@pytest.mark.parametrize("header", ["Read or write", "Read/Write", "Push vs. pull"])
def test_both_is_clear_under_a_header_of_two(header):
    assert sentences(grid(f"Store | {header} | Year", "Redis | Both | 2009", "Etcd | Tree | 2013"), Code.DANGLING) == []


@pytest.mark.parametrize("text", ["Like Neo4j", "Faster than Neo4j", "Same as Neo4j", "Neo4j without links"])
def test_value_that_names_another_row(text):
    assert sentences(stores(best=text), Code.OTHER_ROW) == [
        f"Redis, Best for: “{text}” can only be read beside the row Neo4j."
    ]


def test_plain_word_is_not_taken_for_a_name():
    rows = ("List | Ordered values", "Set | List of single values", "Map | a set of pairs", "for | loops for keys")

    assert (
        sentences(grid("Type | Holds | Since", *(f"{row} | {n}" for n, row in enumerate(rows))), Code.OTHER_ROW) == []
    )


def test_column_of_names_is_no_fault():
    rows = ("TCP | Reliable | UDP", "UDP | Fast | TCP", "QUIC | Reliable, fast | TCP")

    assert sentences(grid("Protocol | Trait | Other choice", *rows), Code.OTHER_ROW) == []


def test_short_name_of_two_things_is_ambiguous_where_such_a_thing_is_meant():
    scopes = grid("Way | Library | Sync", "Data | DDP | Rings", "Model | FSDP | DDP", more=LIBRARIES)

    found = [finding for finding in found_in(scopes) if finding.code is Code.AMBIGUOUS]

    assert [finding.meanings for finding in found] == [("Acme DDP", "Torch DDP")]
    assert found[0].places[0].where == "Data, Library"


def test_short_name_with_an_alias_is_not_ambiguous():
    scopes = grid("Way | Library", "Data | DDP", "Model | Sharded", more=LIBRARIES)
    pins = Pins([Pin(PinKind.ALIAS, "", "DDP", ("Torch DDP",), "")])

    assert len(sentences(scopes, Code.AMBIGUOUS)) == 1
    assert sentences(scopes, Code.AMBIGUOUS, pins) == []


WHICH = """
### Which store?

| Question | Answer |
|---|---|
| Fast caches? | {0} |
| Reports? | Postgres |
| Linked people, deep? | {1} |
"""


def test_question_and_row_that_say_the_same_are_one_fact():
    found = sentences(stores() + WHICH.format("Redis", "Etcd"), Code.SAME)

    assert found == ["Redis: the same stands in “Stores” and “Which store?”.",
                     "Postgres: the same stands in “Stores” and “Which store?”."]  # fmt: skip


def test_tables_of_one_name_are_told_as_such():
    options = "\n#### {0}\n\n##### Options\n\n| Name | Means |\n|---|---|\n| depth | How far to look |\n| {0} | {1} |\n"
    text = "# Guide\n\n## Topic\n" + options.format("find", "Path") + options.format("grep", "Pattern")

    assert sentences(text, Code.SAME) == ["depth: the same stands in more than one table called “Options”."]


def test_pin_takes_two_places_apart():
    text = stores() + WHICH.format("Redis", "Neo4j")
    pins = same_fact("Stores", "Redis | Best for", "Which store? | Fast caches?", PinKind.NOT_SAME_FACT)

    assert len(sentences(text, Code.SAME)) - len(sentences(text, Code.SAME, pins)) == 1


def test_question_that_leads_elsewhere_than_the_table_pulls_apart():
    text = stores() + WHICH.format("Etcd", "Neo4j")

    assert sentences(text, Code.APART) == ["“Fast caches?” leads to “Redis” and “Etcd”."]


def test_pin_settles_what_pulls_apart():
    text = stores() + WHICH.format("Etcd", "Neo4j")
    pins = same_fact("Which store?", "Fast caches?", "Stores | Redis | Best for")

    assert sentences(text, Code.APART, pins) == []


def test_shorter_of_two_lists_of_one_thing_is_found():
    more = "\n### Index types\n\n| Store | Index | Since |\n|---|---|---|\n| Postgres | B-tree, GIN, BRIN | 1996 |\n"
    more += "| Oracle | Bitmap, B-tree | 1979 |\n"

    assert sentences(stores() + more, Code.LEFT_OUT) == ["“B-tree, GIN” leaves out BRIN, which “Index types” has."]


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("RMSE, R-squared", ["RMSE", "R-squared"]),
        ("Linux, macOS and Windows", ["Linux", "macOS", "Windows"]),
        ("速度、成本", ["速度", "成本"]),
        ("السرعة، التكلفة", ["السرعة", "التكلفة"]),
        ("P(A, B)", []),
        ("One thing", []),
        ("same, same", []),
        (", ,", []),
        ("-", []),
    ],
)
def test_lists_are_read(text, items):
    assert list(list_in(text).values()) == items


EFFECTS = """# Guide

## Topic

### Effects

| Parameter | Too High | Too Low | Optimal |
|---|---|---|---|
| **Heap** | Long pauses | Out of memory | Short pauses, steady load |
| **Cache size** | Wasted memory | Many misses | Few misses, steady load |

**Remember:**
- {point}
"""


@pytest.mark.parametrize(
    ("point", "count"),
    [
        ("Small heap = short pauses", 1),
        ("Too low heap: short pauses", 1),
        ("Small heap = out of memory", 0),
        ("Large heap = long pauses", 0),
        ("Large cache size → many misses", 1),
        ("Small cache size → many misses", 0),
        ("Heap = short pauses", 0),
        ("Small stack = short pauses", 0),
        ("Small heap = little use", 0),
        ("Mind the heap", 0),
        ("= short pauses", 0),
    ],
)
def test_point_that_says_what_stands_under_another_column(point, count):
    assert len(sentences(EFFECTS.format(point=point), Code.APART)) == count
