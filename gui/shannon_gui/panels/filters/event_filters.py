"""Which events: values of the fields of an event, each chosen from those that exist, and words of its data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QToolButton, QWidget

from shannon_core.request.selection import EventFilter
from shannon_gui.appearance.icons import set_icon
from shannon_gui.appearance.measures import wide
from shannon_gui.panels.filters.facet_field import FacetField
from shannon_gui.text.labels import FILTER_ORDER, RARE_FILTERS, field_label, value_label
from shannon_gui.widgets.chip import Chip
from shannon_gui.widgets.flow_layout import FlowLayout
from shannon_gui.widgets.search_field import SearchField
from shannon_gui.widgets.section import Section
from shannon_gui.widgets.styled import button, plain_label

if TYPE_CHECKING:
    from shannon_core.query.facets import FacetValue

TYPING_MILLISECONDS = 200
"""Words are looked for in all data: not after every letter."""
_LABEL_WIDTH = 72


@dataclass(frozen=True, slots=True)
class Choice:
    """One chip: a field that must be, or must not be, this value."""

    field: str
    value: str
    negated: bool = False


@dataclass(frozen=True, slots=True)
class FilterTerms:
    """The chosen values of fields, and the words that an event's data must hold."""

    filters: tuple[EventFilter, ...] = ()
    text: str = ""


class EventFiltersPanel(Section):
    """Different fields must all hold; of several values of a field any one does."""

    changed = Signal()
    searched = Signal(str, str)
    """Field and text: the values that contain the text are to be offered."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Filters"), parent)
        self._choices: tuple[Choice, ...] = ()
        self._clear = button(self.tr("Clear all"), role="link")
        self._chips = QWidget()
        self._fields = {name: FacetField(name, field_label(name)) for name in FILTER_ORDER}
        words = self.tr("Words in an event's data")
        self._text = SearchField(words, words)
        self._more = QToolButton()
        self._rare = QWidget()
        self._typing = QTimer(self)
        self._build_ui()
        self._connect()
        self._refresh()

    def _build_ui(self) -> None:
        self.add_to_head(self._clear)
        FlowLayout(self._chips)
        self.add(self._chips)
        self.add(self._text)
        self._more.setText(self.tr("More filters"))
        self._more.setCheckable(True)
        self._more.setProperty("role", "disclosure")
        self._more.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._rare.setLayout(self._grid(RARE_FILTERS))
        self.add(self._grid([name for name in FILTER_ORDER if name not in RARE_FILTERS]))
        self.add(self._more)
        self.add(self._rare)
        self._typing.setSingleShot(True)
        self._typing.setInterval(TYPING_MILLISECONDS)
        self._on_more_toggled(False)

    def _grid(self, names: Sequence[str]) -> QGridLayout:
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(8)
        grid.setVerticalSpacing(4)
        grid.setColumnMinimumWidth(0, wide(_LABEL_WIDTH))
        grid.setColumnStretch(1, 1)
        for row, name in enumerate(names):
            label = plain_label(field_label(name))
            label.setBuddy(self._fields[name])
            grid.addWidget(label, row, 0)
            grid.addWidget(self._fields[name], row, 1)
        return grid

    def _connect(self) -> None:
        self._clear.clicked.connect(self.clear)
        self._text.textChanged.connect(self._on_typed)
        self._typing.timeout.connect(self.changed)
        self._more.toggled.connect(self._on_more_toggled)
        for name, field in self._fields.items():
            field.searched.connect(lambda text, name=name: self.searched.emit(name, text))
            field.value_taken.connect(
                lambda value, negated, name=name: self._on_value_taken(Choice(name, value, negated))
            )

    def value(self) -> FilterTerms:
        """The chips as filters, one for each field and sign, and the words."""
        groups: dict[tuple[str, bool], list[str]] = {}
        for choice in self._choices:
            groups.setdefault((choice.field, choice.negated), []).append(choice.value)
        filters = tuple(
            EventFilter(field, tuple(values), negated) for (field, negated), values in groups.items()
        )
        return FilterTerms(filters, self.text())

    def text(self) -> str:
        """The words that an event's data must contain."""
        return self._text.text().strip()

    def choices(self) -> tuple[Choice, ...]:
        """The chosen values, one for each chip."""
        return self._choices

    def set_value(self, terms: FilterTerms) -> None:
        """Show these filters and words."""
        self._text.setText(terms.text)
        self._choices = tuple(
            Choice(item.field, value, item.negated) for item in terms.filters for value in item.values
        )
        self._on_changed()

    def add_choice(self, choice: Choice) -> None:
        """Add a chip; the same value with the other sign gives way."""
        others = tuple(
            known for known in self._choices if (known.field, known.value) != (choice.field, choice.value)
        )
        self._set_choices((*others, choice))

    def clear(self) -> None:
        """Remove every chip and the words."""
        self._text.clear()
        self._choices = ()
        self._on_changed()

    def show_more(self, shown: bool) -> None:
        """Show the rare fields too; while one of them has a chosen value they stay."""
        self._more.setChecked(shown or self._has_rare())

    def show_values(self, field: str, values: Sequence[FacetValue]) -> None:
        """Offer the values that a search found."""
        self._fields[field].show_values(values)

    def field(self, name: str) -> FacetField:
        """The field of that name."""
        return self._fields[name]

    def text_field(self) -> QLineEdit:
        """The field for words."""
        return self._text

    def more_button(self) -> QToolButton:
        """“More filters”."""
        return self._more

    def clear_button(self) -> QWidget:
        """“Clear all”."""
        return self._clear

    def chips(self) -> list[Chip]:
        """The chips on the screen, in the order of ``choices``."""
        return self._chips.findChildren(Chip)

    def _set_choices(self, choices: tuple[Choice, ...]) -> None:
        if choices != self._choices:
            self._choices = choices
            self._on_changed()

    def _on_changed(self) -> None:
        self._refresh()
        self._typing.stop()
        self.changed.emit()

    def _on_typed(self) -> None:
        self._refresh_clear()
        self._typing.start()

    def _on_value_taken(self, choice: Choice) -> None:
        """Taking a value a second time removes it."""
        if choice in self._choices:
            self._set_choices(tuple(known for known in self._choices if known != choice))
        else:
            self.add_choice(choice)

    def _on_more_toggled(self, shown: bool) -> None:
        set_icon(self._more, "chevron-down" if shown else "chevron-right", "muted", 12)
        self._rare.setVisible(shown)

    def _has_rare(self) -> bool:
        return any(choice.field in RARE_FILTERS for choice in self._choices)

    def _refresh(self) -> None:
        for chip in self.chips():
            chip.setParent(None)
            chip.deleteLater()
        layout = self._chips.layout()
        for choice in self._choices:
            chip = self._chip(choice)
            if layout is not None:
                layout.addWidget(chip)
            chip.show()
        self._chips.setVisible(bool(self._choices))
        for name, field in self._fields.items():
            field.set_taken({item.value: item.negated for item in self._choices if item.field == name})
        if self._has_rare():
            self._more.setChecked(True)
        self._refresh_clear()

    def _refresh_clear(self) -> None:
        self._clear.setVisible(bool(self._choices) or bool(self.text()))

    def _chip(self, choice: Choice) -> Chip:
        field, value = field_label(choice.field), value_label(choice.field, choice.value)
        said = self.tr("{field}: not {value}") if choice.negated else self.tr("{field}: {value}")
        text = said.format(field=field, value=value)
        chip = Chip(
            text,
            tooltip=self.tr("{text}\nClick to turn it around.").format(text=text),
            remove_name=self.tr("Remove {text}").format(text=text),
            negated=choice.negated,
            parent=self._chips,
        )
        chip.removed.connect(
            lambda: self._set_choices(tuple(known for known in self._choices if known != choice))
        )
        chip.clicked.connect(lambda: self.add_choice(replace(choice, negated=not choice.negated)))
        return chip
