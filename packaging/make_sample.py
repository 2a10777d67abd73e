"""Make the sample events that the program shows when it has none of its own: the same bytes every time.

    python packaging/make_sample.py

Six weeks of a team of four on five projects, all ten event types with the fields of Shannon's own logs, in
the layout that its writer leaves behind: the oldest file compressed, the newer ones plain. Two things
happen that a chart should show: two days of rate limits in October, and a change of models on October 19.
Some texts are awkward on purpose (a comma, quotes, a line break, an emoji, a formula), and two lines cannot
be read, so that the program's count of rejected lines is not zero.
"""

from __future__ import annotations

import gzip
import json
import random
import uuid
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from operator import itemgetter, mul
from pathlib import Path
from typing import Any

SAMPLE = Path(__file__).parents[1] / "resources" / "shannon_resources" / "sample"
FIRST_DAY = date(2026, 9, 28)
FILE_STARTS = (FIRST_DAY, date(2026, 10, 12), date(2026, 10, 26))
LAST_DAY = date(2026, 11, 8)
RATE_LIMITED = {date(2026, 10, 14), date(2026, 10, 15)}
MODELS_CHANGE = date(2026, 10, 19)
HOLIDAY = frozenset(date(2026, 10, day) for day in range(19, 24))


@dataclass(frozen=True)
class Member:
    """Someone of the team: the hour (UTC) at which a day starts, projects, models before and after."""

    name: str
    first_hour: int
    projects: tuple[str, ...]
    models: tuple[str, str]
    away: frozenset[date] = frozenset()


ATLAS, BILLING, PIPELINE = "/workspaces/atlas-web", "/workspaces/billing-api", "/workspaces/data-pipeline"
DESIGN, INFRA = "/workspaces/design system", "C:\\code\\infra"
OPUS, SONNET, HAIKU, CODEX = "claude-opus-4-5", "claude-sonnet-4-5", "claude-haiku-4-5", "gpt-5-codex"
TEAM = (
    Member("amara", 7, (ATLAS, DESIGN), (OPUS, SONNET)),
    Member("björn", 8, (BILLING, ATLAS), (SONNET, SONNET), HOLIDAY),
    Member("chen", 1, (PIPELINE, BILLING), (CODEX, CODEX)),
    Member("dana", 13, (INFRA, PIPELINE), (OPUS, HAIKU)),
)
# US dollars for a million tokens: input, output, written to the cache, read from the cache.
PRICES = {
    OPUS: (5.0, 25.0, 6.25, 0.5),
    SONNET: (3.0, 15.0, 3.75, 0.3),
    HAIKU: (1.0, 5.0, 1.25, 0.1),
    CODEX: (1.25, 10.0, 0.0, 0.125),
}
# Name, weight, median duration in milliseconds.
TOOLS = (
    ("Read", 26, 18.0),
    ("Edit", 20, 35.0),
    ("Bash", 20, 2400.0),
    ("Grep", 12, 90.0),
    ("Glob", 6, 40.0),
    ("Write", 6, 30.0),
    ("WebFetch", 4, 1900.0),
    ("TodoWrite", 4, 6.0),
    ("mcp__github__search", 2, 850.0),
)
AGENTS = ("code-reviewer", "test-writer", "researcher", "refactorer")
COMMANDS = ("/review", "/compact", "/init", "/test", "/cost")
HOOKS = (("format-on-save", "PostToolUse"), ("secret-scan", "PreToolUse"), ("notify", "Stop"))
OPERATIONS = (("index_workspace", 900.0), ("load_context", 140.0), ("render_diff", 12.0))
ERRORS = (
    ("TimeoutError", "The command did not finish within 120 s"),
    ("ValidationError", 'Field "total, net" must be a number, not "n/a"'),
    ("NetworkError", "Connection reset by peer\nwhile reading the response"),
    ("FileNotFoundError", "src/réglages/默认.toml"),
)
TASKS = (
    "Add paging to the orders list",
    "Find out why the nightly import is slow",
    'Rename "customer" to "account", everywhere',
    "Write tests for the tax rules:\n- reverse charge\n- rounding",
    "Review the migration 🧪 before it ships",
    "Explain the cell =SUM(B2:B9)*1.19 in the price sheet",
)
COMMITS = (
    "Keep the cursor when a page is reloaded",
    "Split the importer in two",
    'Say "not found", not "null", in the API',
    "Ship it 🚀 – naïve retry replaced",
    '=HYPERLINK("http://example.invalid","open")',
    "-1 day was counted twice\n\nFixes the report of the first of a month.",
)


@dataclass
class Session:
    """One session as it is lived through: each event moves the clock on."""

    rng: random.Random
    member: Member
    project: str
    model: str
    clock: datetime
    id: str = ""
    tokens: int = 0
    tools: int = 0
    context: int = 38_000
    events: list[dict[str, Any]] = field(default_factory=list)

    def live(self, turns: int) -> None:
        """The whole session: its prompts and the events that they cause."""
        self.id, started = self._uuid(), self.clock
        self.emit("session_start", 3, project_path=self.project, model=self.model)
        for _ in range(turns):
            self.turn()
        self.emit(
            "session_end",
            0,
            project_path=self.project,
            model=self.model,
            duration_seconds=round((self.clock - started).total_seconds(), 3),
            total_tokens=self.tokens,
            tools_used=self.tools,
            success=self.rng.random() > 0.04,
        )

    def turn(self) -> None:
        """One prompt: the model thinks, uses tools, and now and then something else happens."""
        for chance, happening in (
            (0.10, self.command),
            (1.00, self.usage),
            (1.00, self.tool_calls),
            (0.18, self.agent),
            (0.16, self.hook),
            (0.14, self.performance),
            (0.16, self.checkpoint),
        ):
            if self.rng.random() < chance:
                happening()
        self.clock += timedelta(seconds=self.rng.uniform(20, 400))

    def usage(self) -> None:
        """What the model read and wrote; the context it reads from the cache grows with every turn."""
        prices = PRICES[self.model]
        fresh = self.rng.randint(4, 2500)
        written = self.rng.randint(300, 8000)
        cached = self.rng.randint(1500, 26_000) if self.model.startswith("claude") else 0
        read, self.context = self.context, self.context + written + (cached or fresh)
        parts = (fresh, written, cached, read)
        self.tokens += sum(parts)
        self.emit(
            "token_usage",
            12,
            model=self.model,
            input_tokens=fresh,
            output_tokens=written,
            cache_creation_tokens=cached,
            cache_read_tokens=read,
            total_tokens=sum(parts),
            cost_usd=round(sum(map(mul, parts, prices)) / 1_000_000, 6),
        )

    def tool_calls(self) -> None:
        """One to four calls; one that fails leaves an error, on a bad day the one of the rate limit."""
        limited = self.clock.date() in RATE_LIMITED
        for _ in range(self.rng.randint(1, 4)):
            name, _weight, median = self.rng.choices(TOOLS, [weight for _, weight, _ in TOOLS])[0]
            success = self.rng.random() > (0.3 if limited else 0.06)
            self.tools += 1
            self.emit(
                "tool_use",
                6,
                tool_name=name,
                success=success,
                duration_ms=self.about(median),
                input_size=self.rng.randint(20, 4000),
                output_size=self.rng.randint(0, 60_000) if success else 0,
            )
            if not success:
                self.error(limited)

    def error(self, limited: bool) -> None:
        """The error behind a failed call."""
        kind, message = ("RateLimitError", "429: try again in 20 s") if limited else self.rng.choice(ERRORS)
        recoverable = self.rng.random() > 0.2
        self.emit("error_occurred", 2, error_type=kind, error_message=message, recoverable=recoverable)

    def agent(self) -> None:
        """A task handed to an agent."""
        self.emit(
            "agent_execution",
            45,
            agent_id=self.rng.choice(AGENTS),
            task=self.rng.choice(TASKS),
            duration_ms=self.about(38_000.0),
            success=self.rng.random() > 0.08,
        )

    def command(self) -> None:
        """A slash command."""
        name = self.rng.choice(COMMANDS)
        self.emit("command_executed", 3, command_name=name, duration_ms=self.about(400.0))

    def hook(self) -> None:
        """A hook of the person's own."""
        name, moment = self.rng.choice(HOOKS)
        self.emit("hook_triggered", 1, hook_name=name, hook_event=moment, duration_ms=self.about(120.0))

    def performance(self) -> None:
        """A measure of the client's own; its byte count is larger than a double holds exactly."""
        operation, median = self.rng.choice(OPERATIONS)
        self.emit(
            "performance",
            1,
            operation=operation,
            duration_ms=self.about(median),
            success=True,
            bytes_total=2**53 + self.rng.randint(1, 99_999),
        )

    def checkpoint(self) -> None:
        """A state to come back to."""
        self.emit(
            "checkpoint_created",
            2,
            checkpoint_id=f"cp_{self.rng.getrandbits(40):010x}",
            message=self.rng.choice(COMMITS),
            files_changed=self.rng.randint(1, 14),
            lines_added=self.rng.randint(1, 420),
            lines_removed=self.rng.randint(0, 180),
        )

    def emit(self, event_type: str, seconds: float, /, **data: Any) -> None:
        """One event now; the next one follows after some seconds."""
        client = "codex" if self.model.startswith("gpt") else "claude-code"
        self.events.append(
            {
                "id": self._uuid(),
                "timestamp": self.clock.isoformat(),
                "type": event_type,
                "session_id": self.id,
                "user_id": self.member.name,
                "data": data,
                "metadata": {"client": client, "tags": ["sample"]},
            }
        )
        self.clock += timedelta(milliseconds=round(seconds * self.rng.uniform(400, 1800)) + 1)

    def about(self, median: float) -> float:
        """A duration in milliseconds around this median, with the long tail that durations have."""
        return round(median * self.rng.lognormvariate(0, 0.8), 2)

    def _uuid(self) -> str:
        return str(uuid.UUID(int=self.rng.getrandbits(128), version=4))


def sessions_of_day(rng: random.Random, member: Member, day: date) -> list[Session]:
    """What one person did on one day: one or two sessions on a working day, seldom one on a weekend."""
    weekend = day.weekday() >= 5
    if day in member.away or rng.random() > (0.07 if weekend else 0.93):
        return []
    sessions = []
    hour = member.first_hour + rng.uniform(0, 2)
    for _ in range(1 if weekend else rng.choices((1, 2), (3, 2))[0]):
        start = datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(seconds=round(hour * 3600, 3))
        project = rng.choices(member.projects, (3, 1))[0]
        session = Session(rng, member, project, member.models[day >= MODELS_CHANGE], start)
        session.live(turns=rng.randint(2, 4) + (day - FIRST_DAY).days // 14)
        sessions.append(session)
        hour += rng.uniform(2.5, 5.0)
    return sessions


def all_events() -> list[dict[str, Any]]:
    """Every event of the sample in the order of time."""
    rng = random.Random(20261108)
    days = [FIRST_DAY + timedelta(days=n) for n in range((LAST_DAY - FIRST_DAY).days + 1)]
    sessions = [session for day in days for member in TEAM for session in sessions_of_day(rng, member, day)]
    return sorted((event for session in sessions for event in session.events), key=itemgetter("timestamp"))


def sample_files() -> dict[str, bytes]:
    """Path below the sample's folder → content, the oldest file compressed."""
    events = all_events()
    files: dict[str, list[str]] = {}
    for start, end in zip(FILE_STARTS, (*FILE_STARTS[1:], LAST_DAY + timedelta(days=1)), strict=True):
        inside = [event for event in events if start.isoformat() <= event["timestamp"] < end.isoformat()]
        created = datetime.fromisoformat(inside[0]["timestamp"])
        lines = [json.dumps(event, ensure_ascii=False) for event in inside]
        files[f"metrics/metrics_{created:%Y%m%d_%H%M%S}.jsonl"] = lines
    oldest, middle, newest = files
    files[middle][400] = files[middle][400][:150]
    files[newest][500] = files[newest][500].replace('"timestamp": "2026-10-', '"timestamp": "2026-13-')
    content = {name: ("\n".join(lines) + "\n").encode() for name, lines in files.items()}
    return {f"{oldest}.gz": gzip.compress(content.pop(oldest), mtime=0), **content}


def main() -> None:
    """Write the files and say how large they are."""
    for name, content in sample_files().items():
        path = SAMPLE / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        print(f"{len(content):>9,} bytes  {name}")


if __name__ == "__main__":
    main()
