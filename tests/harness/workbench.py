"""Reading and exporting in the test's own thread, over a store with one connection."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self

from harness.jobs import Recorder
from harness.readings import FileCounts, Reading
from shannon_core.errors import SourceError
from shannon_core.export.run import export
from shannon_core.ingest.refresh import refresh
from shannon_core.jobs.progress import Notice
from shannon_core.messages.rendering import Phrase
from shannon_core.messages.texts import phrase_text
from shannon_core.pricing.price_table import PriceTable
from shannon_core.query.statements import EXPORT_ORDER
from shannon_core.rendering.macros import define_rendering_macros
from shannon_core.request.contents import Contents
from shannon_core.request.export_request import Encoding, ExportRequest
from shannon_core.request.format_specs import FORMATS
from shannon_core.request.output_files import plan_output
from shannon_core.request.selection import Selection
from shannon_core.sources.macros import define_source_macros
from shannon_core.store.database import Store

EVENTS_ONLY = Contents(raw_events=True, aggregations=(), reports=())
ALL_FORMATS = FORMATS.built_in_ids


class Workbench:
    """A store with one connection, worked on in this thread."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.connection = store.connection()
        self.sources: tuple[str, ...] = ()
        define_source_macros(self.connection)
        define_rendering_macros(self.connection)

    @classmethod
    @contextmanager
    def open(cls, *sources: Path | str, keep: bool = False) -> Iterator[Self]:
        """A workbench that is closed afterwards."""
        store = Store.open([str(source) for source in sources], keep=keep)
        try:
            workbench = cls(store)
            yield workbench
            workbench.connection.close()
        finally:
            store.close()

    def read(self, *sources: Path | str) -> Reading:
        """Make the store hold these sources and no others."""
        self.sources = tuple(str(source) for source in sources)
        recorder = Recorder()
        summary = None
        try:
            summary = refresh(self.connection, self.sources, recorder.control, PriceTable.load())
        except SourceError as error:
            if error.code not in ("sources_without_logs", "sources_without_events"):
                raise
        return Reading(
            self.rows(f"SELECT * FROM events ORDER BY {EXPORT_ORDER}"),
            self.connection.sql("SELECT line, reason FROM rejects ORDER BY path, line").fetchall(),
            self._files(),
            [notice.text for notice in recorder.of(Notice)],
            summary,
        )

    def rows(self, sql: str) -> list[dict[str, Any]]:
        """The rows of a query as dictionaries."""
        return self.connection.sql(sql).to_arrow_table().to_pylist()

    def _files(self) -> dict[str, FileCounts]:
        rows = self.rows(
            "SELECT *, (SELECT count(*) FROM rejects AS r WHERE r.path = files.path) AS rejected"
            " FROM files ORDER BY path"
        )
        return {
            row["path"]: FileCounts(
                *(row[name] for name in ("lines", "understood", "rejected", "pending")),
                row["problem"] and phrase_text(Phrase.from_text(row["problem"])),
            )
            for row in rows
        }

    def export(
        self,
        target: Path,
        *formats: str,
        selection: Selection | None = None,
        contents: Contents = EVENTS_ONLY,
        recorder: Recorder | None = None,
        overwrite: bool = True,
        **encoding: Any,
    ) -> list[Path]:
        """Export what was read last; the files that were written."""
        request = ExportRequest(
            sources=self.sources,
            target=str(target),
            formats=formats,
            selection=selection or Selection(),
            contents=contents,
            encoding=Encoding(**encoding),
            overwrite=overwrite,
        )
        recorder = recorder or Recorder()
        finished = export(self.connection, plan_output(request), recorder.control)
        return [Path(path) for path in finished.paths]
