"""While a large guide is taken in, the collector of cycles rests; afterwards it works as before."""

import gc

import pytest

from studysite.collector import collector_at_rest


@pytest.fixture(autouse=True)
def _collecting():
    yield
    gc.enable()


def test_rests_meanwhile_and_works_again():
    with collector_at_rest():
        assert not gc.isenabled()

    assert gc.isenabled()


def test_works_again_after_a_failure():
    with pytest.raises(ValueError, match="broken"), collector_at_rest():
        raise ValueError("broken")

    assert gc.isenabled()


def test_rests_until_the_last_is_done():
    first, second = collector_at_rest(), collector_at_rest()
    first.__enter__()
    second.__enter__()
    first.__exit__(None, None, None)
    assert not gc.isenabled()

    second.__exit__(None, None, None)

    assert gc.isenabled()


def test_stays_at_rest_where_it_was():
    gc.disable()

    with collector_at_rest():
        pass

    assert not gc.isenabled()
