"""The figures of `tests/faults`, each in its quick form; what a machine cannot show is passed over."""

import pytest

from tests.faults.figure import NotHere, figure_called, names


@pytest.mark.usefixtures("dear_passphrases")
@pytest.mark.parametrize("name", names())
def test_the_figure_is_met(name: str) -> None:
    try:
        count = figure_called(name).count(quick=True, weaker=False)
    except NotHere as reason:
        pytest.skip(str(reason))
    assert count.met, count.told
