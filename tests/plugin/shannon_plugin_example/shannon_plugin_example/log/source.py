"""The example log: a line for each use of tokens."""

from shannon_core.sources.registry import SourceSpec, any_of

EXAMPLE_LOG = SourceSpec(
    id="example-log",
    title="Example Log",
    package=__package__,
    lines="events",
    signs=any_of("when tokens"),
    fills_costs=True,
)
