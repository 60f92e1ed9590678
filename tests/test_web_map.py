"""Where the map puts a name."""

from __future__ import annotations

from secondsource.web.map import located


def test_states_and_towns_are_placed_by_the_shipped_tables_and_others_not_at_all() -> None:
    town = located(("Izhevsk",))
    assert town
    assert abs(town[0] - 53.2) < 1 or abs(town[1] - 53.2) < 1
    assert located(("Iran",))
    assert located(("Quelmar", "Harnsea")) is None
