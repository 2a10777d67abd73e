"""The bar of sources: figures, changes on the disk and the list of sources."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from harness.fakes import Recorder
from shannon_core.ingest.disk_changes import SourceChanges
from shannon_core.jobs.progress import Finished, SourcesRead
from shannon_core.query.source_inventory import SourceFigures
from shannon_gui.controllers.found_logs import FoundLog, FoundLogs
from shannon_gui.panels.sources.source_bar import SourceBar, offered
from shannon_gui.panels.sources.source_list import status_of
from shannon_gui.state import ExportState, SourcesChosen, reduce

LEFT = Qt.MouseButton.LeftButton
LOGS = (
    FoundLog("claude-code", "/home/.claude/projects", 1204, 1_200_000_000, 1000.0),
    FoundLog("codex", "/home/.codex/sessions"),
)


class TestBar:
    @pytest.fixture
    def panel(self, qtbot: QtBot) -> SourceBar:
        panel = SourceBar(clock=lambda: 130.0)
        qtbot.addWidget(panel)
        panel.show()
        return panel

    def ready(self, *sources: str) -> ExportState:
        state = ExportState()
        for event in (SourcesChosen(sources), SourcesRead(2, 1000, 3, 0, 2, 0.5), Finished((), 1000, 0.5)):
            state = reduce(state, event, 10.0)
        return state

    def test_that_the_bar_says_how_much_there_is_and_how_fresh(self, panel: SourceBar) -> None:
        panel.show_state(self.ready("/a", "/b"))
        assert panel.description() == "2 files · 1,000 events · updated 2 min ago"
        assert panel.list_button().text() == "2 sources"

    @pytest.mark.parametrize(
        ("changes", "said"),
        [
            (SourceChanges(1, 2, 0, 1_200_000), "1 new file, 2 files changed, 1.2 MB more · Update"),
            (SourceChanges(gone=1), "1 file gone · Update"),
            (SourceChanges(changed=1, missing=("/b",)), "1 source no longer there ▸"),
        ],
    )
    def test_that_what_is_new_is_offered(self, changes: SourceChanges, said: str) -> None:
        assert offered(changes) == said

    def test_that_the_offer_goes_when_it_was_taken(self, panel: SourceBar, qtbot: QtBot) -> None:
        panel.show_state(self.ready("/a"))
        taken = Recorder(panel.refresh_requested)
        panel.show_changes(SourceChanges(new=1))
        qtbot.mouseClick(panel.offer_button(), LEFT)
        panel.show_changes(SourceChanges())
        assert len(taken.heard) == 1
        assert not panel.offer_button().isVisible()

    def test_that_a_missing_source_leads_to_the_list_where_it_can_be_removed(
        self, panel: SourceBar, qtbot: QtBot
    ) -> None:
        panel.show_state(self.ready("/a", "/b"))
        panel.show_changes(SourceChanges(missing=("/b",)))
        qtbot.mouseClick(panel.offer_button(), LEFT)
        assert panel.sources_list().isVisible()
        assert panel.sources_list().remove_button("/b").isEnabled()

    def test_that_the_list_has_the_state_and_figures_of_each_source(
        self, panel: SourceBar, qtbot: QtBot
    ) -> None:
        listed = panel.sources_list()
        panel.show_state(self.ready("/a", "/b", "/c"))
        listed.show_inventory(
            [
                SourceFigures("/a", ("claude-code",), 2, 5000, 900),
                SourceFigures("/b", ("codex",), 1, 800, 100, rejected=3, pending=1, problems=1),
            ]
        )
        panel.show_changes(SourceChanges(missing=("/c",)))
        qtbot.mouseClick(panel.list_button(), LEFT)
        assert listed.isVisible()
        assert listed.value() == [
            ("/a", "Read", "2 files · 5.0 KB · 900 events"),
            ("/b", "Read, with gaps", "1 file · 800 B · 100 events · 1 line still being written"),
            ("/c", "No longer there", ""),
        ]
        asked, removed = Recorder(listed.rejects_requested), Recorder(listed.removed)
        assert listed.rejects_button("/b").text() == "3 lines rejected, 1 file read in part ▸"
        listed.rejects_button("/b").click()
        listed.remove_button("/a").click()
        assert (asked.heard, removed.heard) == (["/b"], ["/a"])
        assert not listed.isVisible()

    def test_that_found_folders_that_are_not_open_are_offered(self, panel: SourceBar) -> None:
        listed = panel.sources_list()
        listed.show_found(FoundLogs(False, LOGS))
        panel.show_state(self.ready(LOGS[0].folder))
        assert listed.found_list().value() == (LOGS[1],)
        added = Recorder(listed.added)
        listed.found_list().requested.emit(LOGS[1].folder)
        assert added.heard == [LOGS[1].folder]

    def test_that_a_source_without_events_is_no_success(self) -> None:
        empty = SourceFigures("/a", files=2)
        assert status_of("/a", self.ready("/a"), empty, SourceChanges())[2] == "No events"
