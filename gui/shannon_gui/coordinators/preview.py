"""Selection, preview, facets, histogram, event details and clipboard, wired to each other."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication

from shannon_gui.controllers.event_details import Copied
from shannon_gui.controllers.ports import SessionPort
from shannon_gui.controllers.session_controller import SessionController
from shannon_gui.coordinators.collaborators import Controllers, WindowParts
from shannon_gui.models.preview_table import PreviewTable
from shannon_gui.panels.filters.event_filters import Choice
from shannon_gui.text.clipboard_table import Cells
from shannon_gui.text.i18n import counted


class PreviewCoordinator(QObject):
    """Turns choices and clicks into questions, and hands the answers to the panels."""

    def __init__(self, parts: WindowParts, controllers: Controllers, model: PreviewTable) -> None:
        super().__init__(parts.window)
        self._panels = parts.panels
        self._presenter = parts.presenter
        self._settings = parts.services.settings
        self._ask = controllers
        self._model = model
        self._waits = False
        self._connect_answers()
        self._connect_questions()

    def _connect_answers(self) -> None:
        ask, panels, model = self._ask, self._panels, self._model
        ask.preview.overall_found.connect(panels.preview.show_overall)
        ask.preview.overall_found.connect(panels.form.time.show_extent_of)
        ask.preview.order_changed.connect(panels.preview.show_order)
        ask.preview.events_counted.connect(panels.preview.show_events)
        ask.preview.totals_found.connect(panels.preview.show_totals)
        ask.preview.page_loaded.connect(model.add_page)
        ask.preview.page_loaded.connect(self._on_page_loaded)
        ask.preview.page_dropped.connect(model.drop_page)
        ask.preview.busy_changed.connect(panels.preview.set_busy)
        ask.facets.values_found.connect(panels.form.filters.show_values)
        ask.histogram.found.connect(panels.form.time.show_histogram)
        ask.event_details.event_found.connect(self._on_event_found)
        ask.event_details.original_found.connect(panels.preview.detail.show_original)
        ask.event_details.copied.connect(self._on_copied)
        for controller in self._controllers():
            controller.failed.connect(self._presenter.show_error)

    def _connect_questions(self) -> None:
        ask, panels = self._ask, self._panels
        table = panels.preview.table()
        self._model.page_needed.connect(ask.preview.fetch)
        panels.form.filters.searched.connect(ask.facets.search)
        panels.form.selection_changed.connect(self.select)
        table.columns.order_chosen.connect(ask.preview.sort)
        table.filter_requested.connect(
            lambda field, value, negated: panels.form.filters.add_choice(Choice(field, value, negated))
        )
        table.copy_requested.connect(self._on_copy_requested)
        table.row_entered.connect(self._on_row_entered)
        panels.preview.details_toggled.connect(self._on_details_toggled)
        panels.preview.detail.original_wanted.connect(ask.event_details.read_original)
        panels.preview.detail.copy_requested.connect(
            lambda event: ask.event_details.copy_event(event, self._model.zone())
        )

    def attach(self, session: SessionPort) -> None:
        """Show this session from now on."""
        for controller in self._controllers():
            controller.attach(session)

    def detach(self) -> None:
        """Stop all questions: the session is about to be closed."""
        for controller in self._controllers():
            controller.detach()

    def _controllers(self) -> tuple[SessionController, ...]:
        ask = self._ask
        return ask.facets, ask.preview, ask.histogram, ask.event_details

    def reread(self) -> None:
        """The sources hold something else now."""
        self._ask.preview.reread()
        self._ask.histogram.refresh()

    def select(self) -> None:
        """Show the form's selection; while its time range is wrong, the former one stays."""
        selection = self._panels.form.selection()
        if selection is not None:
            self._model.set_zone(selection.time_range.timezone)
            self._ask.facets.select(selection)
            self._ask.preview.show(selection)
            self._ask.histogram.select(selection)

    def restore(self) -> None:
        """Restore the arrangement of columns and splits."""
        preview = self._panels.preview
        preview.table().columns.restore(self._settings.bytes("preview_columns"))
        preview.split.restoreState(self._settings.bytes("preview_split"))
        preview.show_details(self._settings.flag("preview_details"))
        self._panels.form.filters.show_more(self._settings.flag("more_filters"))

    def save(self) -> None:
        """Save the arrangement of columns and splits."""
        preview = self._panels.preview
        self._settings.set_bytes("preview_columns", preview.table().columns.state())
        self._settings.set_bytes("preview_split", preview.split.saveState())
        self._settings.set_flag("preview_details", preview.details_button().isChecked())
        self._settings.set_flag("more_filters", self._panels.form.filters.more_button().isChecked())

    def _on_row_entered(self, row: int) -> None:
        key = self._model.key(row)
        self._waits = key is None
        if key is not None and self._panels.preview.details_button().isChecked():
            self._ask.event_details.look(key)

    def _on_page_loaded(self) -> None:
        current = self._panels.preview.table().currentIndex()
        if self._waits and current.isValid():
            self._on_row_entered(current.row())

    def _on_details_toggled(self, shown: bool) -> None:
        current = self._panels.preview.table().currentIndex()
        if shown and current.isValid():
            self._on_row_entered(current.row())

    def _on_event_found(self, event: object) -> None:
        self._panels.preview.detail.show_event(event if isinstance(event, dict) else None, self._model.zone())

    def _on_copy_requested(self, cells: Cells) -> None:
        self._ask.event_details.copy(*self._ask.preview.shown(), cells, self._model.zone())

    def _on_copied(self, copied: Copied) -> None:
        QGuiApplication.clipboard().setText(copied.text)
        if copied.left_out:
            self._panels.message.show_message(
                "warning",
                counted("exploring", "The first {n} row(s) were copied", copied.rows),
                counted(
                    "exploring", "{n} row(s) were left out; an export holds all of them.", copied.left_out
                ),
            )
