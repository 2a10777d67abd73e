"""Presets and the history on the disk."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from qasync import QEventLoop

from harness.fakes import some_request
from shannon_core.errors import ShannonError
from shannon_core.jobs.progress import Cancelled, Failed, Finished, Terminal
from shannon_core.request.export_request import (
    ExportFormat,
)
from shannon_gui import eventloop
from shannon_gui.storage.history import MOST, History, PastExport
from shannon_gui.storage.json_file import JsonFile
from shannon_gui.storage.presets import Preset, Presets

NOW = datetime(2026, 11, 23, 7, 30, tzinfo=UTC)
EXCEL, CSV = ExportFormat.EXCEL, ExportFormat.CSV
REQUEST = some_request()


class TestKept:
    @pytest.fixture
    def kept(self, loop: QEventLoop, tmp_path: Path) -> JsonFile:
        return JsonFile(tmp_path / "kept" / "presets.json", eventloop.spawn)

    def test_that_presets_come_back_with_their_default(
        self, kept: JsonFile, tmp_path: Path, qtbot: QtBot
    ) -> None:
        presets = Presets(kept)
        presets.put(Preset("Monday", REQUEST, "week", "/out/usage-{date}"))
        presets.put(Preset("audit", replace(REQUEST, formats=(CSV,))))
        presets.set_default("Monday")
        qtbot.waitUntil(eventloop.is_idle)
        again = Presets(JsonFile(tmp_path / "kept" / "presets.json", eventloop.spawn))
        assert list(again.all()) == ["audit", "Monday"]
        assert again.default == Preset("Monday", REQUEST, "week", "/out/usage-{date}")
        assert (tmp_path / "kept" / "presets.json").stat().st_mode & 0o077 == 0

    def test_that_renaming_and_deleting_keep_the_default_true(self, kept: JsonFile, qtbot: QtBot) -> None:
        presets = Presets(kept)
        for name in ("one", "two"):
            presets.put(Preset(name, REQUEST))
        presets.set_default("one")
        presets.rename("one", "three")
        presets.rename("three", "two")
        assert list(presets.all()) == ["three", "two"]
        assert presets.default == Preset("three", REQUEST)
        presets.delete("three")
        assert presets.default is None
        qtbot.waitUntil(eventloop.is_idle)

    @pytest.mark.parametrize(
        "content", ["", "[]", '{"shannon_presets": 2}', '{"shannon_presets": 1, "presets": [{}]}', "\xff"]
    )
    def test_that_what_cannot_be_read_is_set_aside(
        self, kept: JsonFile, tmp_path: Path, content: str
    ) -> None:
        path = tmp_path / "kept" / "presets.json"
        path.parent.mkdir()
        path.write_bytes(content.encode("latin-1"))
        assert Presets(kept).all() == {}
        assert path.with_name("presets.json.unreadable").read_bytes() == content.encode("latin-1")

    def test_that_a_place_where_nothing_can_be_kept_is_said(
        self, loop: QEventLoop, tmp_path: Path, qtbot: QtBot
    ) -> None:
        (tmp_path / "file").write_text("not a folder")
        kept = JsonFile(tmp_path / "file" / "presets.json", eventloop.spawn)
        failed: list[ShannonError] = []
        kept.failed.connect(failed.append)
        Presets(kept).put(Preset("Monday", REQUEST))
        qtbot.waitUntil(lambda: bool(failed))
        assert "cannot be written" in failed[0].title

    @pytest.mark.parametrize(
        ("end", "outcome"),
        [
            (Finished(("/out/u.csv",), 5, 0.1), "finished"),
            (Finished(("/out/u.csv",), 5, 0.1, 1), "errors"),
            (Failed("files_failed"), "failed"),
            (Cancelled(), "cancelled"),
        ],
    )
    def test_that_the_history_comes_back(
        self, kept: JsonFile, tmp_path: Path, end: Terminal, outcome: str, qtbot: QtBot
    ) -> None:
        past = PastExport.of(NOW, REQUEST, end, 5, ("/out/u.csv",))
        assert past.outcome == outcome
        History(kept).add(past)
        qtbot.waitUntil(eventloop.is_idle)
        assert History(JsonFile(tmp_path / "kept" / "presets.json", eventloop.spawn)).all() == (past,)

    def test_that_the_history_keeps_the_newest(self, kept: JsonFile, qtbot: QtBot) -> None:
        history = History(kept)
        for number in range(MOST + 20):
            history.add(PastExport(NOW, REQUEST, "finished", number, ()))
        assert [item.events for item in history.all()] == list(range(MOST + 19, 19, -1))
        qtbot.waitUntil(eventloop.is_idle)


def test_that_days_stand_in_the_name_of_a_target() -> None:
    preset = Preset("x", REQUEST, "week", "/out/{date}/usage {from}..{to} {date} {other}")
    assert preset.resolved_target(REQUEST, NOW) == (
        "/out/{date}/usage 2026-11-16..2026-11-22 2026-11-23 {other}"
    )
