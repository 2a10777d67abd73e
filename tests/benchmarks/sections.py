"""What is measured, section by section; the limits of ``--check`` are beside the goals of the record."""

from __future__ import annotations

import shutil
import statistics
from collections.abc import Callable, Iterator

from bench import Bench, beside, busiest_turn, memory
from made_transcripts import make_transcripts
from processes import EXPORT, HERE, PYTHON, Command
from table import Row

SHEET_EVENTS = 1_000_000
WINDOW_EVENTS = 1_000_000
PLAIN_EVENTS = 100_000
SESSION_EVENTS = 5_000
TRANSCRIPT_GOAL_MB = 150
STARTS = 7
_ONLY_EVENTS = ("--no-aggregations", "--no-reports")


def reading(bench: Bench) -> Iterator[Row]:
    """First reading beside CREATE TABLE AS, and what a later start costs."""
    forget = lambda: shutil.rmtree(bench.cache, ignore_errors=True)  # noqa: E731 – one line, one place
    count = Command((EXPORT, str(bench.logs), "--count"), forget)
    found = bench.in_turn(ours=count, duckdb=bench.rival("duckdb_table", bench.logs, "events.duckdb"))
    yield beside("First reading into the store", found, "DuckDB CREATE TABLE AS", goal=1.5, limit=4)
    yield memory("reading", found["ours"])


def transcripts(bench: Bench) -> Iterator[Row]:
    """First reading of Claude Code transcripts, its own time, beside ccusage (npm), a whole process, where it is
    installed."""
    folder = make_transcripts(bench.folder / "claude", max(20, bench.events // SESSION_EVENTS))
    size = sum(path.stat().st_size for path in folder.rglob("*.jsonl")) / 1e6
    forget = lambda: shutil.rmtree(bench.cache, ignore_errors=True)  # noqa: E731 – one line, one place
    commands = {"ours": Command((EXPORT, str(folder / "projects"), "--count", "--progress", "json"), forget)}
    if ccusage := shutil.which("ccusage"):
        asked = ("claude", "session", "--offline", "--json")
        commands["duckdb"] = Command(("env", f"CLAUDE_CONFIG_DIR={folder}", ccusage, *asked))
    found = bench.in_turn(**commands)
    seconds = statistics.median(
        event["seconds"]
        for run in found["ours"].runs
        for event in run.progress
        if event["event"] == "SourcesRead"
    )
    what = f"Claude Code transcripts, {size:,.0f} MB, first reading"
    yield Row(what, seconds, "s", goal=size / TRANSCRIPT_GOAL_MB, note=f"{size / seconds:,.0f} MB/s")
    if ccusage:
        yield beside("… beside ccusage", found, "ccusage session", limit=15)
    yield memory("reading transcripts", found["ours"])


def reopening(bench: Bench) -> Iterator[Row]:
    """A later start: nothing changed, and one file changed."""
    found = bench.in_turn(max(3, bench.runs), ours=Command((EXPORT, str(bench.logs), "--preview", "20")))
    yield Row("Reopening: first preview after the command", found["ours"].seconds, "s", goal=0.5)
    changed = min((bench.logs / "metrics").iterdir())
    appended = changed.read_bytes().partition(b"\n")[0] + b"\n"

    def change() -> None:
        with changed.open("ab") as file:
            file.write(appended)

    read = bench.in_turn(ours=Command((EXPORT, str(bench.logs), "--count", "--progress", "json"), change))[
        "ours"
    ]
    files = {
        event["files_read"] for run in read.runs for event in run.progress if event["event"] == "SourcesRead"
    }
    if files != {1}:
        raise AssertionError(f"one file changed, {files} were read")
    yield Row("Reopening: one changed file, counted again", read.seconds, "s", note="only that file is read")


def exporting(bench: Bench) -> Iterator[Row]:
    """The three text and column formats from the store beside COPY and others from the JSONL files."""
    others = {"jsonl": ("polars",), "csv": ("polars",), "parquet": ("polars", "pyarrow")}
    for kind, rivals in others.items():
        commands = {"ours": bench.ours(bench.logs, f"events.{kind}", *_ONLY_EVENTS)}
        commands |= {
            rival: bench.rival(f"{rival}_{kind}", bench.logs, f"{rival}.{kind}")
            for rival in ("duckdb", *rivals)
        }
        found = bench.in_turn(**commands)
        yield beside(
            f"{kind.upper() if kind != 'parquet' else 'Parquet'}, events in order",
            found,
            "DuckDB COPY",
            goal=1.0,
            limit=2,
        )
        for rival in rivals:
            named = {"ours": found["ours"], "duckdb": found[rival]}
            yield beside(f"… beside {rival}", named, {"polars": "Polars", "pyarrow": "pyarrow"}[rival])
        yield memory(kind, found["ours"])


def archiving(bench: Bench) -> Iterator[Row]:
    """ZIP of everything beside the slowest of its members alone, aggregations and reports included."""
    found = bench.in_turn(
        zip=bench.ours(bench.logs, "events.zip"),
        json=bench.ours(bench.logs, "events.json"),
        csv=bench.ours(bench.logs, "events.csv", *_ONLY_EVENTS),
    )
    slowest = max(("json", "csv"), key=lambda name: found[name].seconds)
    pair = {"ours": found["zip"], "duckdb": found[slowest]}
    yield beside("ZIP of everything", pair, f"{slowest.upper()} alone", goal=1.3, limit=4)
    yield memory("JSON", found["json"])
    yield memory("ZIP", found["zip"])


def sheets(bench: Bench) -> Iterator[Row]:
    """Excel beside the two libraries that write it."""
    logs = bench.made(min(bench.events, SHEET_EVENTS))
    bench.in_turn(1, ours=Command((EXPORT, str(logs), "--count")))
    found = bench.in_turn(
        min(bench.runs, 2),
        ours=bench.ours(logs, "events.xlsx", *_ONLY_EVENTS),
        openpyxl=bench.rival("openpyxl_sheet", logs, "openpyxl.xlsx"),
        xlsxwriter=bench.rival("xlsxwriter_sheet", logs, "xlsxwriter.xlsx"),
    )
    note = f"{min(bench.events, SHEET_EVENTS):,} rows"
    for rival, label, goal, limit in (
        ("openpyxl", "openpyxl write-only", 1 / 8, 1 / 3),
        ("xlsxwriter", "XlsxWriter constant_memory", 1 / 2, 1),
    ):
        yield beside(
            "Excel", {"ours": found["ours"], "duckdb": found[rival]}, label, goal=goal, limit=limit, note=note
        )
    yield memory("Excel", found["ours"])


def looking(bench: Bench) -> Iterator[Row]:
    """Answers for the window, and all aggregations beside Polars over the Parquet file of the same events."""
    parquet = bench.folder / "ours" / "events.parquet"
    if not parquet.exists():
        bench.in_turn(1, ours=bench.ours(bench.logs, "events.parquet", *_ONLY_EVENTS))
    rival = Command((PYTHON, str(HERE / "rivals.py"), "polars_aggregations", str(bench.logs), str(parquet)))
    found = bench.in_turn(ours=Command((PYTHON, str(HERE / "looking.py"), str(bench.logs))), polars=rival)
    ours = found["ours"]
    yield Row("Preview after a filter change, p95", ours.said("preview"), "ms", goal=150)
    yield Row("Its totals, p95", ours.said("totals"), "ms")
    yield Row("Facets of a field, p95", ours.said("facets"), "ms", goal=300)
    yield Row("Any row by scrolling, p95", ours.said("scroll"), "ms", goal=100)
    nine = ours.said("aggregations") / 1000
    yield Row("All nine aggregations", nine, "s", goal=2.0)
    yield Row("… beside Polars", nine, "s", "Polars", found["polars"].said("aggregations"), limit=6)
    yield memory("looking and aggregating", ours)


def window(bench: Bench) -> Iterator[Row]:
    """The window without a screen."""
    script = str(HERE / "window.py")
    logs = bench.made(min(bench.events, WINDOW_EVENTS))
    driven = bench.in_turn(
        1, ours=Command((PYTHON, script, "gaps", str(logs), str(bench.folder / "ours" / "window")))
    )["ours"]
    if driven.runs[0].said["ended"] != "Finished":
        raise AssertionError(f"the export of the window ended with {driven.runs[0].said['ended']}")
    doing = max(driven.runs[0].said["longest"].items(), key=lambda item: item[1])[0]
    yield Row(
        "Event loop of the window: longest gap", driven.said("gap"), "ms", goal=50, note=f"while {doing}"
    )
    yield Row("Event loop of the window: p99 of the gaps", driven.said("p99"), "ms", goal=16)
    yield busiest_turn("Event loop of the window", driven)
    yield memory("the window, reading to exporting", driven)
    painted = bench.in_turn(STARTS, ours=Command((PYTHON, script, "painted", "$NOW")))["ours"]
    yield Row("Window painted after start", painted.said("painted"), "s", goal=1.0)
    yield Row("… processor time until then", painted.said("busy"), "s")


def answering(bench: Bench) -> Iterator[Row]:
    """How soon the real window answers over all events, debouncing and drawing included."""
    script = str(HERE / "answering.py")
    driven = bench.in_turn(1, ours=Command((PYTHON, script, str(bench.logs))))["ours"]
    yield Row("Window: first rows after opening what was read", driven.said("open"), "ms", goal=500)
    for what, goal in (
        ("count and first rows", 150),
        ("all figures", None),
        ("after a search", 150),
        ("facets", 300),
        ("scroll by timestamp", 100),
        ("scroll by timestamp descending", 100),
        ("scroll by duration_ms descending", 100),
        ("scroll by session_id", 100),
    ):
        yield Row(f"Window: {what}, p95", driven.said(what), "ms", goal=goal)
    yield busiest_turn("Event loop", driven)


def starting(bench: Bench) -> Iterator[Row]:
    """Starts, of which a bare Python is the least that they can cost."""
    found = bench.in_turn(
        STARTS,
        help=Command((EXPORT, "--help")),
        imported=Command((PYTHON, "-c", "import shannon_core")),
        python=Command((PYTHON, "-c", "pass")),
    )
    bare = 1000 * found["python"].seconds
    yield Row("shannon-export --help", 1000 * found["help"].seconds, "ms", goal=150)
    yield Row("import shannon_core", 1000 * found["imported"].seconds, "ms", goal=50)
    yield Row(
        "… beside Python alone", 1000 * found["imported"].seconds, "ms", "python -c pass", bare, limit=6
    )
    yield Row(
        "… --help beside Python alone", 1000 * found["help"].seconds, "ms", "python -c pass", bare, limit=20
    )


def plain(bench: Bench) -> Iterator[Row]:
    """A plain Python exporter of JSON and CSV beside ours, which reads first and keeps nothing."""
    logs = bench.made(min(bench.events, PLAIN_EVENTS))
    both = ("--format", "json", "--format", "csv", "--no-cache", *_ONLY_EVENTS)
    found = bench.in_turn(
        ours=bench.ours(logs, "plain", *both), duckdb=bench.rival("plain_python", logs, "plain.json")
    )
    note = f"{min(bench.events, PLAIN_EVENTS):,} events, reading included"
    yield beside("JSON and CSV", found, "plain Python", limit=1.5, note=note)


_FILES = (reading, transcripts, reopening, exporting, archiving, sheets)
_ANSWERS = (looking, window, answering, starting, plain)
SECTIONS: dict[str, Callable[[Bench], Iterator[Row]]] = {
    section.__name__: section for section in (*_FILES, *_ANSWERS)
}
CHECKED = ("reading", "reopening", "exporting", "archiving", "looking", "starting", "plain")
