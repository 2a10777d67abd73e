"""Events at the first and last representable instants, as each format exports them, in every time zone."""

from __future__ import annotations

from pathlib import Path

import pytest

from harness import oracle
from harness.log_files import write_log
from harness.records.shannon import event
from harness.workbench import Workbench
from shannon_core.cli.terminal import print_rows
from shannon_core.request.contents import Contents, ReportFormat
from shannon_core.request.export_request import ExportFormat
from shannon_core.request.selection import Selection
from shannon_core.request.table_keys import AGGREGATIONS
from shannon_core.request.time_range import TimeRange

ENDS = ["0001-01-01T00:00:00Z", "1899-12-31T23:59:59Z", "9999-12-31T23:59:59.999999Z"]
ZONES = ["UTC", "Pacific/Kiritimati", "Etc/GMT+12", "Europe/Berlin", "America/New_York", "Asia/Manila"]
EVERYTHING = Contents(True, tuple(AGGREGATIONS), tuple(ReportFormat))


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("wanted", [ExportFormat.EXCEL, ExportFormat.ZIP], ids=str)
def test_that_extreme_instants_can_be_exported_in_every_zone(
    bench: Workbench, tmp_path: Path, zone: str, wanted: ExportFormat
) -> None:
    bench.read(write_log(tmp_path / "logs", [event(n, timestamp=at) for n, at in enumerate(ENDS)]))
    selection = Selection(TimeRange(timezone=zone))
    (path,) = bench.export(tmp_path / "out", wanted, selection=selection, contents=EVERYTHING)
    if wanted is ExportFormat.EXCEL:
        rows = oracle.sheet_rows(path)[1:]
        assert [row[0] for row in rows] == ["e0", "e1", "e2"]
        assert [type(row[1]) for row in rows] == [str, str, float]


@pytest.mark.parametrize("zone", ZONES)
def test_that_extreme_instants_have_a_row_in_the_terminal(
    bench: Workbench, tmp_path: Path, zone: str, capsys: pytest.CaptureFixture[str]
) -> None:
    bench.read(write_log(tmp_path, [event(n, timestamp=at) for n, at in enumerate(ENDS)]))
    rows = bench.connection.sql(
        "SELECT timestamp AT TIME ZONE 'UTC' AS timestamp, * EXCLUDE timestamp FROM events ORDER BY 1"
    ).to_arrow_table()
    print_rows(rows, zone)
    assert len(capsys.readouterr().out.splitlines()) == 4
