"""The texts of hazards and estimates."""

import pytest

from harness.fakes import some_preflight
from shannon_core.export.hazards import Hazard
from shannon_gui.text.preflight_advice import _WORDS, about, advice


def test_that_every_hazard_has_words_and_the_worst_comes_first() -> None:
    hazards = [Hazard(kind, 2) for kind in _WORDS]
    said = advice(some_preflight(*hazards))
    assert [item.level for item in said] == sorted(
        (item.level for item in said), key=("danger", "warning", "info").index
    )
    assert all(item.text and item.cure for item in said)
    assert said[0].kind == "no_room"


def test_that_a_scaled_count_is_about_so_many() -> None:
    (said,) = advice(some_preflight(Hazard("long_number", 1200, exact=False)))
    assert said.text == "About 1,200 numbers in CSV with more than 15 digits"


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0.2, "less than a second"),
        (1, "about 1 second"),
        (41.4, "about 41 seconds"),
        (150, "about 2 minutes"),
    ],
)
def test_that_a_time_beforehand_is_coarse(seconds: float, text: str) -> None:
    assert about(seconds) == text
