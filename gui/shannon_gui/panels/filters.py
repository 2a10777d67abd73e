"""Which events: values of the fields of an event, each chosen from those that exist, and words of its data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from shannon_core.request import EventFilter
from shannon_core.session import FacetValue
from shannon_gui.labels import FILTER_ORDER, field_label, value_label
from shannon_gui.panels.facet_field import FacetField
from shannon_gui.widgets.chip import Chip
from shannon_gui.widgets.flow_layout import FlowLayout
from shannon_gui.widgets.search_field import SearchField
from shannon_gui.widgets.section import Section
from shannon_gui.widgets.styled import button, plain_label


@dataclass(frozen=True, slots=True)
class Choice:
    """One chip: a field that must be, or must not be, this value."""

    field: str
    value: str
    negated: bool = False


class FiltersPanel(Section):
    """Different fields must all hold; of several values of a field any one does."""

    changed = Signal()
    searched = Signal(str, str)
    """Field and text: somebody wants to see which values there are."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Filters"), parent)
        self._choices: tuple[Choice, ...] = ()
        self._clear = button(self.tr("Clear all"), role="link")
        self._chips = QWidget()
        self._fields = {name: FacetField(name, field_label(name)) for name in FILTER_ORDER}
        words = self.tr("Words in an event's data")
        self._text = SearchField(words, words)
        self._build_ui()
        self._connect()
        self._refresh()

    def _build_ui(self) -> None:
        self.add_to_head(self._clear)
        FlowLayout(self._chips)
        self.add(self._chips)
        self.add(self._text)
        grid = QGridLayout()
        grid.setSpacing(8)
        grid.setVerticalSpacing(4)
        grid.setColumnMinimumWidth(0, 72)
        grid.setColumnStretch(1, 1)
        for row, (name, field) in enumerate(self._fields.items()):
            label = plain_label(field_label(name))
            label.setBuddy(field)
            grid.addWidget(label, row, 0)
            grid.addWidget(field, row, 1)
        self.add(grid)

    def _connect(self) -> None:
        self._clear.clicked.connect(self.clear)
        self._text.textChanged.connect(self._on_changed)
        for name, field in self._fields.items():
            field.searched.connect(lambda text, name=name: self.searched.emit(name, text))
            field.value_taken.connect(
                lambda value, negated, name=name: self.add_choice(Choice(name, value, negated))
            )

    def value(self) -> tuple[EventFilter, ...]:
        """The chips as filters, one for each field and sign."""
        groups: dict[tuple[str, bool], list[str]] = {}
        for choice in self._choices:
            groups.setdefault((choice.field, choice.negated), []).append(choice.value)
        return tuple(
            EventFilter(field, tuple(values), negated) for (field, negated), values in groups.items()
        )

    def text(self) -> str:
        """The words that an event's data must contain."""
        return self._text.text().strip()

    def choices(self) -> tuple[Choice, ...]:
        """The chips."""
        return self._choices

    def set_value(self, filters: Sequence[EventFilter], text: str) -> None:
        """Show these filters and words."""
        self._text.setText(text)
        self._set_choices(
            tuple(Choice(item.field, value, item.negated) for item in filters for value in item.values)
        )

    def add_choice(self, choice: Choice) -> None:
        """Add a chip; the same value with the other sign gives way."""
        others = tuple(
            known for known in self._choices if (known.field, known.value) != (choice.field, choice.value)
        )
        self._set_choices((*others, choice))

    def clear(self) -> None:
        """Remove every chip and the words."""
        self._text.clear()
        self._set_choices(())

    def show_values(self, field: str, values: Sequence[FacetValue]) -> None:
        """Offer the values that a search found."""
        self._fields[field].show_values(values)

    def field(self, name: str) -> FacetField:
        """The field of that name."""
        return self._fields[name]

    def text_field(self) -> QLineEdit:
        """The field for words."""
        return self._text

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
        self.changed.emit()

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
