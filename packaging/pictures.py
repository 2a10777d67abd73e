"""The program's icon in the sizes and containers that desktops want, all drawn from the one SVG.

    python packaging/pictures.py FOLDER

The containers of Windows and macOS hold PNGs behind a short table each, which is written here: Qt writes single
pictures only.
"""

from __future__ import annotations

import os
import struct
import sys
from importlib.resources import files
from pathlib import Path

SVG = "shannon-exporter.svg"
HICOLOR_SIZES = (16, 22, 24, 32, 48, 64, 128, 256, 512)
ICO_SIZES = (16, 24, 32, 48, 64, 128, 256)
ICNS_TYPES = {
    b"ic11": 32,
    b"ic12": 64,
    b"ic07": 128,
    b"ic13": 256,
    b"ic08": 256,
    b"ic14": 512,
    b"ic09": 512,
    b"ic10": 1024,
}


def svg() -> bytes:
    """The icon as it was drawn."""
    return (files("shannon_resources") / "icons" / SVG).read_bytes()


def png(size: int) -> bytes:
    """The icon as a PNG of this many pixels on a side."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF, Qt
    from PySide6.QtGui import QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    QSvgRenderer(QByteArray(svg())).render(painter, QRectF(0, 0, size, size))
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    if not image.save(buffer, "PNG"):  # type: ignore[call-overload]  # the stubs know paths only
        raise OSError(f"the icon of {size} pixels could not be made")
    return bytes(buffer.data().data())


def ico(pictures: dict[int, bytes]) -> bytes:
    """An icon file for Windows: a directory of 16-byte entries, then the PNGs (a size of 256 is written as 0)."""
    offset = 6 + 16 * len(pictures)
    directory, content = struct.pack("<HHH", 0, 1, len(pictures)), b""
    for size, picture in pictures.items():
        directory += struct.pack(
            "<BBBBHHII", size % 256, size % 256, 0, 0, 1, 32, len(picture), offset + len(content)
        )
        content += picture
    return directory + content


def icns(pictures: dict[int, bytes]) -> bytes:
    """An icon file for macOS: blocks of a four-letter type, their length and a PNG."""
    blocks = b"".join(
        kind + struct.pack(">I", 8 + len(pictures[size])) + pictures[size]
        for kind, size in ICNS_TYPES.items()
    )
    return b"icns" + struct.pack(">I", 8 + len(blocks)) + blocks


def main(folder: Path) -> None:
    """Leave the icons of Windows and macOS in the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "shannon-exporter.ico").write_bytes(ico({size: png(size) for size in ICO_SIZES}))
    (folder / "shannon-exporter.icns").write_bytes(
        icns({size: png(size) for size in set(ICNS_TYPES.values())})
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
