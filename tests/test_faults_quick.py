"""The figures of `tests/faults`, each in its quick form; what a machine cannot show is passed over."""

import pytest

from tests.faults.figure import NotHere, figures

FIGURES = figures()


@pytest.mark.parametrize("name", FIGURES)
def test_the_figure_is_met(name: str) -> None:
    try:
        count = FIGURES[name].count(quick=True, weaker=False)
    except NotHere as reason:
        pytest.skip(str(reason))
    assert count.met, count.told
