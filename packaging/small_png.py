"""Pictures of a window as PNGs of 256 colours, a third of the size of those with all."""

from __future__ import annotations

from pathlib import Path

import numpy
import numpy.typing
from PySide6.QtGui import QImage

Pixels = numpy.typing.NDArray[numpy.int64]
COLORS = 256


def save_small(image: QImage, path: Path) -> None:
    """Save as a PNG of 256 colours, which is what an anti-aliased window needs."""
    image = image.convertToFormat(QImage.Format.Format_RGB32)
    rows = numpy.frombuffer(image.constBits(), numpy.uint32).reshape(
        image.height(), image.bytesPerLine() // 4
    )
    pixels = rows[:, : image.width()] | 0xFF000000
    found, where, counts = numpy.unique(pixels, return_inverse=True, return_counts=True)
    parts = numpy.stack([(found >> shift & 255).astype(numpy.int64) for shift in (16, 8, 0)], axis=1)
    chosen, nearest = _choose(parts, counts)
    indexed = numpy.ascontiguousarray(nearest[where.reshape(pixels.shape)].astype(numpy.uint8))
    small = QImage(indexed.data, image.width(), image.height(), image.width(), QImage.Format.Format_Indexed8)
    small.setColorTable([int(found[index]) for index in chosen])
    if not small.save(str(path), quality=0):  # the strongest compression
        raise OSError(f"{path} could not be saved")


def _choose(parts: Pixels, counts: Pixels) -> tuple[list[int], Pixels]:
    """The colours to keep, and which of them is nearest to each: again and again the one that is missed most.

    A colour is missed by how far it is from the nearest kept one and, less, by how often it occurs, so that the few
    pixels of an icon keep their colour.
    """
    weights = numpy.sqrt(counts)
    chosen = [int(counts.argmax())]
    distances = ((parts - parts[chosen[0]]) ** 2).sum(axis=1)
    nearest = numpy.zeros(len(parts), dtype=numpy.int64)
    while len(chosen) < COLORS and distances.any():
        chosen.append(int((distances * weights).argmax()))
        closer = ((parts - parts[chosen[-1]]) ** 2).sum(axis=1)
        nearest[closer < distances] = len(chosen) - 1
        distances = numpy.minimum(distances, closer)
    return chosen, nearest
