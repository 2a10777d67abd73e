"""What a click on Export would do now: which files it would write, or why it cannot."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from shannon_core.errors import RequestError
from shannon_core.request.export_request import ExportRequest
from shannon_core.request.output_files import OutputPlan, plan_output
from shannon_gui.panels.filters.form_panel import FormPanel
from shannon_gui.state import ExportState, Phase
from shannon_gui.storage.presets import Preset
from shannon_gui.text.core_messages import error_words
from shannon_gui.text.i18n import translate

_CONTEXT = "planning"


@dataclass(frozen=True, slots=True)
class Plan:
    """The files of a request with a proposed target, or the problem that stands in its way."""

    output: OutputPlan | None
    problem: str = ""
    asks: bool = True
    """Whether the target is asked for; a preset with a target of its own does not ask."""

    @property
    def request(self) -> ExportRequest | None:
        """What would be exported; None where nothing can be."""
        return self.output.request if self.output is not None else None

    @property
    def paths(self) -> tuple[Path, ...]:
        """The files that would be written."""
        return self.output.paths if self.output is not None else ()


def plan_export(
    form: FormPanel, state: ExportState, folder: str, stem: str, preset: Preset | None = None
) -> Plan:
    """The plan for what the form and the state are now; the preset counts while the form says what it says."""
    obstacle = _obstacle(state)
    if obstacle:
        return Plan(None, problem=obstacle)
    try:
        request = form.request(state.sources, str(Path(folder) / stem))
        placed = preset is not None and bool(preset.target)
        if preset is not None and placed:
            now = datetime.now().astimezone()
            request = replace(request, target=preset.resolved_target(request, now))
        return Plan(plan_output(request), asks=not placed)
    except RequestError as error:
        return Plan(None, problem=str(error_words(error)))


def _obstacle(state: ExportState) -> str:
    match state.phase:
        case Phase.EMPTY:
            return translate(_CONTEXT, "Choose a folder with logs first.")
        case Phase.READING:
            return translate(_CONTEXT, "The sources are being read.")
        case Phase.EXPORTING:
            return translate(_CONTEXT, "An export is running.")
        case Phase.READY if state.partial:
            return translate(_CONTEXT, "Part of the sources has not been read yet. F5 reads the rest.")
        case Phase.READY:
            return ""
