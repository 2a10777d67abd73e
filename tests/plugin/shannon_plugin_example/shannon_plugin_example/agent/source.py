"""The example agent: a line for each call of a model, and one for the beginning and the end of each tool."""

from shannon_core.sources.registry import LogLocation, SourceSpec, any_of, names

EXAMPLE_AGENT = SourceSpec(
    id="example-agent",
    title="Example Agent",
    package=__package__,
    lines="records",
    signs=any_of("kind at run"),
    records=names("call tool_start tool_end"),
    macros=("macros",),
    locations=(LogLocation(("~/.example-agent",), ("runs",), "EXAMPLE_AGENT_HOME"),),
)
