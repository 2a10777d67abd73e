"""The controls of the output options, made from their entries; each is off while no chosen format is concerned."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from shannon_core.request.export_request import Encoding
from shannon_core.request.format_specs import FormatSpec
from shannon_core.request.output_options import OUTPUT_OPTIONS, OutputOption, Value
from shannon_gui.text.formatting import plain_tooltip
from shannon_gui.text.i18n import CORE, translate
from shannon_gui.widgets.popup_button import PopupButton
from shannon_gui.widgets.styled import plain_label


class OutputOptions(QObject):
    """A control for each option: those beside the formats, those of one format behind a button, and those for all
    below."""

    changed = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._controls = {option.id: _control(option) for option in OUTPUT_OPTIONS}
        groups = dict.fromkeys(option.group for option in OUTPUT_OPTIONS if option.group)
        self._buttons = {group: self._popup(group) for group in groups}
        self.set_value(Encoding())
        for control in self._controls.values():
            if isinstance(control, QComboBox):
                control.currentIndexChanged.connect(lambda _index: self.changed.emit())
            else:
                control.toggled.connect(lambda _is_on: self.changed.emit())

    def beside(self) -> list[QWidget]:
        """The controls among the formats, buttons that open others included."""
        alone = [option for option in OUTPUT_OPTIONS if not (option.group or option.for_all)]
        return [*(self._controls[option.id] for option in alone), *self._buttons.values()]

    def below(self) -> list[QWidget]:
        """The controls of the options that concern every format."""
        return [self._controls[option.id] for option in OUTPUT_OPTIONS if option.for_all]

    def control(self, id_: str) -> QCheckBox | QComboBox:
        """The control of an option."""
        return self._controls[id_]

    def button(self, group: str) -> PopupButton:
        """The button that opens the options of one format."""
        return self._buttons[group]

    def value(self, chosen: Sequence[FormatSpec]) -> Encoding:
        """How files of the chosen formats are to be encoded."""
        values = {
            option.id: _value(option, self._controls[option.id])
            for option in OUTPUT_OPTIONS
            if not option.is_dropped or _concerns_any(option, chosen)
        }
        return Encoding(**values)  # type: ignore[arg-type]  # each value is one of those that its entry declares

    def set_value(self, encoding: Encoding) -> None:
        """Show these choices."""
        for option in OUTPUT_OPTIONS:
            control, value = self._controls[option.id], getattr(encoding, option.id)
            if isinstance(control, QComboBox):
                control.setCurrentIndex([each for each, _ in option.choices].index(value))
            else:
                control.setChecked(value)

    def show_formats(self, chosen: Sequence[FormatSpec], known: Iterable[FormatSpec]) -> None:
        """Switch off what concerns none of the chosen formats, and say which formats it concerns."""
        for option in OUTPUT_OPTIONS:
            is_on, control = _concerns_any(option, chosen), self._controls[option.id]
            control.setEnabled(is_on)
            concerned = ", ".join(spec.title for spec in known if option.concerns(spec))
            off = self.tr("Off: it concerns only these formats: {formats}.").format(formats=concerned)
            control.setToolTip(plain_tooltip(translate(CORE, option.help) if is_on else off))
        for group, button in self._buttons.items():
            members = [option for option in OUTPUT_OPTIONS if option.group == group]
            button.setEnabled(any(_concerns_any(option, chosen) for option in members))

    def _popup(self, group: str) -> PopupButton:
        options = QWidget()
        column = QVBoxLayout(options)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for option in OUTPUT_OPTIONS:
            if option.group == group:
                _add(column, option, self._controls[option.id])
        button = PopupButton(options)
        button.say(group)
        button.setAccessibleName(self.tr("Options of {format}").format(format=group))
        return button


def _control(option: OutputOption) -> QCheckBox | QComboBox:
    label = translate(CORE, option.label)
    if not option.choices:
        return QCheckBox(label)
    box = QComboBox()
    box.addItems([translate(CORE, choice) for _, choice in option.choices])
    box.setAccessibleName(label.replace("&", ""))
    return box


def _add(column: QVBoxLayout, option: OutputOption, control: QCheckBox | QComboBox) -> None:
    """A check box has its label in itself, a choice has it beside it."""
    if isinstance(control, QCheckBox):
        column.addWidget(control)
        return
    label = plain_label(translate(CORE, option.label))
    label.setBuddy(control)
    row = QHBoxLayout()
    row.setSpacing(8)
    row.addWidget(label)
    row.addWidget(control, 1)
    column.addLayout(row)


def _value(option: OutputOption, control: QCheckBox | QComboBox) -> Value:
    if isinstance(control, QComboBox):
        return option.choices[control.currentIndex()][0]
    return control.isChecked()


def _concerns_any(option: OutputOption, formats: Iterable[FormatSpec]) -> bool:
    return option.for_all or any(option.concerns(spec) for spec in formats)
