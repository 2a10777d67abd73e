"""What desktops read of the package: the entry, the kinds of files, the page of a software centre, the icons."""

import configparser
import shutil
import struct
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from xml.etree import ElementTree

import pytest

import deb
import pictures
from harness.program import python, run
from shannon_core._version import __version__

MIME = "{http://www.freedesktop.org/standards/shared-mime-info}"
MOMENT = datetime(2026, 11, 25, tzinfo=UTC)


@pytest.fixture
def linux(project_root: Path) -> Path:
    return project_root / "packaging" / "linux"


@pytest.fixture
def entry(linux: Path) -> configparser.SectionProxy:
    reader = configparser.ConfigParser(interpolation=None)
    reader.optionxform = str  # type: ignore[assignment,method-assign]  # keys keep their case
    reader.read(linux / "shannon-exporter.desktop", encoding="utf-8")
    return reader["Desktop Entry"]


@pytest.fixture
def metainfo() -> ElementTree.Element:
    return ElementTree.fromstring(deb.metainfo(MOMENT))


def test_that_open_with_hands_folders_and_event_logs_to_the_program(
    entry: configparser.SectionProxy, linux: Path
) -> None:
    kinds = ElementTree.parse(linux / "shannon-exporter.mime.xml").getroot().findall(f"{MIME}mime-type")
    ours = {str(kind.get("type")) for kind in kinds}
    assert set(entry["MimeType"].strip(";").split(";")) == ours | {"inode/directory"}
    assert entry["Exec"] == "shannon-exporter %F"
    patterns = {glob.get("pattern") for kind in kinds for glob in kind.findall(f"{MIME}glob")}
    assert {"*.jsonl", "*.jsonl.gz", "*.jsonl.zst"} <= patterns


def test_that_the_window_belongs_to_its_entry(entry: configparser.SectionProxy, project_root: Path) -> None:
    app = (project_root / "gui" / "shannon_gui" / "composition.py").read_text(encoding="utf-8")
    assert f'setDesktopFileName("{entry["StartupWMClass"]}")' in app
    assert entry["Icon"] == "shannon-exporter"


def test_that_a_software_centre_shows_this_version_and_pictures_that_exist(
    metainfo: ElementTree.Element, project_root: Path
) -> None:
    release = metainfo.find("releases/release")
    assert release is not None
    assert (release.get("version"), release.get("date")) == (__version__, "2026-11-25")
    shown = [str(image.text) for image in metainfo.findall("screenshots/screenshot/image")]
    assert shown
    assert all((project_root / url.split("/", 3)[3]).is_file() for url in shown)
    assert "@" not in ElementTree.tostring(metainfo, encoding="unicode")


def test_that_the_entry_passes_the_validator(linux: Path) -> None:
    if shutil.which("desktop-file-validate") is None:
        pytest.skip("desktop-file-utils is not installed")
    command = ["desktop-file-validate", str(linux / "shannon-exporter.desktop")]
    said = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (said.returncode, said.stdout) == (0, "")


def test_that_the_page_passes_the_validator(tmp_path: Path) -> None:
    if shutil.which("appstreamcli") is None:
        pytest.skip("appstream is not installed")
    text = deb.metainfo(MOMENT)
    page = tmp_path / f"{deb.component_id(text)}.metainfo.xml"
    page.write_text(text, encoding="utf-8")
    said = subprocess.run(
        ["appstreamcli", "validate", "--no-net", str(page)], capture_output=True, text=True, check=False
    )
    assert said.returncode == 0, said.stdout


@pytest.mark.parametrize(
    ("ours", "debians"),
    [("1.2.3", "1.2.3"), ("1.2.0rc1", "1.2.0~rc1"), ("1.2.0b2", "1.2.0~b2"), ("1.2.0.dev4", "1.2.0~dev4")],
)
def test_that_debian_takes_a_preview_for_older_than_the_release(
    ours: str, debians: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deb, "__version__", ours)
    assert deb.version() == debians


def test_that_an_icon_file_for_windows_leads_to_each_picture() -> None:
    drawn = {16: b"small", 256: b"large picture"}
    content = pictures.ico(drawn)
    assert struct.unpack_from("<HHH", content) == (0, 1, 2)
    for index, (size, picture) in enumerate(drawn.items()):
        width, height, *_rest, length, offset = struct.unpack_from("<BBBBHHII", content, 6 + 16 * index)
        assert (width or 256, height or 256) == (size, size)
        assert content[offset : offset + length] == picture


def test_that_an_icon_file_for_macos_holds_each_kind_of_picture() -> None:
    content = pictures.icns({size: bytes([size % 251]) * 3 for size in pictures.ICNS_TYPES.values()})
    assert struct.unpack_from(">4sI", content) == (b"icns", len(content))
    offset, found = 8, {}
    while offset < len(content):
        kind, length = struct.unpack_from(">4sI", content, offset)
        found[kind] = content[offset + 8 : offset + length]
        offset += length
    assert found == {kind: bytes([size % 251]) * 3 for kind, size in pictures.ICNS_TYPES.items()}


def test_that_the_icon_is_drawn_in_its_colour_at_any_size(tmp_path: Path) -> None:
    script = f"""
import sys
from pathlib import Path
sys.path.insert(0, {str(Path(pictures.__file__).parent)!r})
import pictures
from PySide6.QtGui import QImage
for size in (16, 48):
    image = QImage.fromData(pictures.png(size))
    print(image.width(), image.pixelColor(size // 2, size // 8).name(), image.pixelColor(0, 0).alpha())
"""
    drawn = run(python(script), check=True)
    assert drawn.stdout.splitlines() == ["16 #2f6fed 0", "48 #2f6fed 0"]
