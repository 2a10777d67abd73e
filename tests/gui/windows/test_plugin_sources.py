"""Sources of packages in the window: their titles, and a broken one in the log."""

import pytest
from pytestqt.qtbot import QtBot

from shannon_gui.text.labels import kind_label
from shannon_gui.windows.main_window import MainWindow


def test_that_a_packages_source_is_labelled_by_its_title(installed_plugin: None) -> None:
    assert kind_label("example-agent") == "Example Agent"
    assert kind_label("codex") == "Codex"


@pytest.mark.parametrize("id_", ["example-agent", "broken-agent"])
def test_that_a_source_that_is_not_there_is_labelled_by_its_id(id_: str) -> None:
    assert kind_label(id_) == id_


def test_that_the_log_names_a_package_whose_source_is_broken(
    installed_plugin: None, real_window: MainWindow, qtbot: QtBot
) -> None:
    message = "The entry point broken-agent of shannon-plugin-example cannot be used: ModuleNotFoundError"
    qtbot.waitUntil(lambda: any(line.text.startswith(message) for line in real_window.panels.log.value()))
