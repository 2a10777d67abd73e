"""The filters of events: chips, searches, negation and rare fields."""

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from harness.fakes import Recorder
from shannon_core.query.facets import FacetValue
from shannon_core.request.selection import EventFilter
from shannon_gui.panels.filters.event_filters import Choice, EventFiltersPanel, FilterTerms
from shannon_gui.panels.filters.time_range import TimeRangePanel

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def filters(qtbot: QtBot) -> TimeRangePanel:
    panel = EventFiltersPanel()
    qtbot.addWidget(panel)
    panel.show()
    return panel


class TestFilters:
    def test_that_values_of_a_field_join_and_fields_stay_apart(self, filters: EventFiltersPanel) -> None:
        for choice in (
            Choice("tool_name", "Bash"),
            Choice("type", "tool_use"),
            Choice("tool_name", "Read", True),
        ):
            filters.add_choice(choice)
        filters.add_choice(Choice("tool_name", "Edit"))
        assert set(filters.value().filters) == {
            EventFilter("tool_name", ("Bash", "Edit")),
            EventFilter("tool_name", ("Read",), negated=True),
            EventFilter("type", ("tool_use",)),
        }

    def test_that_filters_survive_a_round_trip(self, filters: EventFiltersPanel) -> None:
        wanted = (EventFilter("model", ("a", "b")), EventFilter("success", ("false",), negated=True))
        filters.set_value(FilterTerms(wanted, "disk full"))
        assert filters.value() == FilterTerms(wanted, "disk full")

    def test_that_a_chip_turns_around_when_clicked_and_goes_with_its_cross(
        self, filters: EventFiltersPanel, qtbot: QtBot
    ) -> None:
        filters.add_choice(Choice("tool_name", "Bash"))
        qtbot.mouseClick(filters.chips()[0].text_button(), LEFT)
        assert filters.choices() == (Choice("tool_name", "Bash", negated=True),)
        qtbot.mouseClick(filters.chips()[0].remove_button(), LEFT)
        assert filters.choices() == ()

    def test_that_clear_all_is_there_only_where_something_can_be_cleared(
        self, filters: EventFiltersPanel, qtbot: QtBot
    ) -> None:
        assert not filters.clear_button().isVisible()
        filters.text_field().setText("x")
        filters.add_choice(Choice("type", "tool_use"))
        qtbot.mouseClick(filters.clear_button(), LEFT)
        assert filters.value() == FilterTerms()
        assert not filters.clear_button().isVisible()

    def test_that_typing_searches_and_enter_takes_the_best_value(
        self, filters: EventFiltersPanel, qtbot: QtBot
    ) -> None:
        searched = Recorder(filters.searched)
        field = filters.field("tool_name")
        qtbot.keyClicks(field, "ba")
        qtbot.keyClick(field, Qt.Key.Key_Return)
        filters.show_values("tool_name", [FacetValue("Bash", 7), FacetValue("Bat", 1)])
        qtbot.waitUntil(lambda: field.text() == "")
        assert searched.heard == [("tool_name", "b"), ("tool_name", "ba"), ("tool_name", "ba")]
        assert filters.choices() == (Choice("tool_name", "Bash"),)

    def test_that_an_exclamation_mark_takes_the_value_negated(
        self, filters: EventFiltersPanel, qtbot: QtBot
    ) -> None:
        field = filters.field("tool_name")
        qtbot.keyClicks(field, "!ba")
        qtbot.keyClick(field, Qt.Key.Key_Return)
        filters.show_values("tool_name", [FacetValue("Bash", 7)])
        qtbot.waitUntil(lambda: field.text() == "")
        assert filters.choices() == (Choice("tool_name", "Bash", negated=True),)

    def test_that_control_and_enter_take_the_value_negated(
        self, filters: EventFiltersPanel, qtbot: QtBot
    ) -> None:
        field = filters.field("tool_name")
        qtbot.keyClicks(field, "ba")
        qtbot.keyClick(field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        filters.show_values("tool_name", [FacetValue("Bash", 7)])
        qtbot.waitUntil(lambda: field.text() == "")
        assert filters.choices() == (Choice("tool_name", "Bash", negated=True),)

    def test_that_a_value_that_is_taken_again_goes(self, filters: EventFiltersPanel, qtbot: QtBot) -> None:
        field = filters.field("tool_name")
        for expected in ((Choice("tool_name", "Bash"),), ()):
            qtbot.keyClicks(field, "ba")
            qtbot.keyClick(field, Qt.Key.Key_Return)
            filters.show_values("tool_name", [FacetValue("Bash", 7)])
            qtbot.waitUntil(lambda: field.text() == "")
            assert filters.choices() == expected

    def test_that_not_beside_a_value_takes_it_negated(self, filters: EventFiltersPanel, qtbot: QtBot) -> None:
        field = filters.field("tool_name")
        with qtbot.waitExposed(filters):
            filters.activateWindow()
        field.setFocus()
        qtbot.mouseClick(field, LEFT)
        filters.show_values("tool_name", [FacetValue("Bash", 7), FacetValue("Read", 1)])
        popup = field.completer().popup()
        qtbot.waitUntil(popup.isVisible)
        row = popup.visualRect(popup.model().index(1, 0))
        qtbot.mouseClick(popup.viewport(), LEFT, pos=QPoint(row.right() - 10, row.center().y()))
        qtbot.waitUntil(lambda: field.text() == "")
        assert filters.choices() == (Choice("tool_name", "Read", negated=True),)

    def test_that_rare_fields_appear_when_they_are_wanted_or_used(
        self, filters: EventFiltersPanel, qtbot: QtBot
    ) -> None:
        assert filters.field("type").isVisible()
        assert not filters.field("agent_id").isVisible()
        qtbot.mouseClick(filters.more_button(), LEFT)
        assert filters.field("agent_id").isVisible()
        filters.show_more(False)
        filters.add_choice(Choice("agent_id", "a1"))
        assert filters.field("agent_id").isVisible()
        filters.show_more(False)
        assert filters.field("agent_id").isVisible()

    def test_that_typed_words_are_said_once(self, filters: EventFiltersPanel, qtbot: QtBot) -> None:
        changed = Recorder(filters.changed)
        qtbot.keyClicks(filters.text_field(), "disk")
        assert filters.text() == "disk"
        qtbot.waitUntil(lambda: len(changed.heard) == 1)
        qtbot.keyClicks(filters.text_field(), " full")
        filters.add_choice(Choice("type", "tool_use"))
        qtbot.wait(300)
        assert len(changed.heard) == 2

    def test_that_enter_without_a_match_takes_nothing(self, filters: EventFiltersPanel, qtbot: QtBot) -> None:
        field = filters.field("tool_name")
        qtbot.keyClicks(field, "xyz")
        qtbot.keyClick(field, Qt.Key.Key_Return)
        filters.show_values("tool_name", [])
        assert filters.choices() == ()
        assert field.text() == "xyz"

    def test_that_the_list_offers_values_and_a_click_takes_one(
        self, filters: EventFiltersPanel, qtbot: QtBot
    ) -> None:
        field = filters.field("tool_name")
        with qtbot.waitExposed(filters):
            filters.activateWindow()
        field.setFocus()
        qtbot.mouseClick(field, LEFT)
        filters.show_values("tool_name", [FacetValue("Bash", 7), FacetValue("Read", 1)])
        popup = field.completer().popup()
        qtbot.waitUntil(popup.isVisible)
        second = popup.visualRect(popup.model().index(1, 0)).center()
        qtbot.mouseClick(popup.viewport(), LEFT, pos=second)
        qtbot.waitUntil(lambda: field.text() == "")
        assert filters.choices() == (Choice("tool_name", "Read"),)

    def test_that_a_value_with_markup_is_shown_as_it_is(self, filters: EventFiltersPanel) -> None:
        filters.add_choice(Choice("tool_name", "<b>&x</b>"))
        chip = filters.chips()[0]
        assert chip.text_button().text() == "Tool: <b>&&x</b>"
        assert "&lt;b&gt;" in chip.text_button().toolTip()
