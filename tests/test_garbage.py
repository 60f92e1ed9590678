"""The search for garbage: left out while things are made, and taken up again whatever happens."""

from __future__ import annotations

import gc

import pytest

from secondsource.garbage import unsearched


def test_the_search_is_taken_up_again() -> None:
    assert gc.isenabled()
    with unsearched():
        assert not gc.isenabled()
    assert gc.isenabled()


def test_the_search_is_taken_up_again_where_something_is_raised() -> None:
    with pytest.raises(ZeroDivisionError), unsearched():
        _ = 1 // 0
    assert gc.isenabled()


def test_who_searches_for_none_is_left_alone() -> None:
    gc.disable()
    try:
        with unsearched(), unsearched():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()
