import pytest

from studysite.numbers import number_in


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("7", 7),
        ("007", 7),
        ("9" * 18, 10**18 - 1),
        ("9" * 19, 0),
        ("9" * 5000, 0),
        ("", 0),
        ("-1", 0),
        ("1.5", 0),
        (" 1", 0),
        ("²", 0),
        ("٣", 0),
    ],
)
def test_number_is_read_from_at_most_18_plain_digits(text, meant):
    assert number_in(text) == meant
