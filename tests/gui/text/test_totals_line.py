"""The line of figures says what is known, and of how much."""

from dataclasses import replace

import pytest

from harness.fakes import some_totals
from shannon_gui.text.totals_line import figures_line


@pytest.mark.parametrize(
    ("cost", "tokens", "priced", "shown"),
    [
        (17.85, 1500, 1500, "1.5 k tokens · $17.85"),
        (17.85, 1500, 1395, "$17.85 for 93 % of the tokens"),
        (17.85, 100_000, 99_999, "$17.85 for 99 % of the tokens"),
        (17.85, 100_000, 1, "$17.85 for <1 % of the tokens"),
        (17.85, 0, 0, "0 tokens · $17.85"),
        (0.0, 1500, 1500, "$0.00"),
        (None, 1500, 0, "cost unknown"),
        (None, 0, 0, "0 tokens"),
    ],
)
def test_that_a_cost_says_of_how_many_tokens_it_is(
    cost: float | None, tokens: int, priced: int, shown: str
) -> None:
    totals = replace(some_totals(), cost_usd=cost, tokens=tokens, priced_tokens=priced)
    assert figures_line(totals, None).endswith(shown)
