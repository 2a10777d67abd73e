"""A chart with its title as the bytes of a file, painted from the same scene as on the screen."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPointF, QRectF, QSize
from PySide6.QtGui import QFont, QImage, QPainter
from PySide6.QtSvg import QSvgGenerator

from shannon_gui.appearance import icons

if TYPE_CHECKING:
    from shannon_gui.widgets.chart_view import ChartView

_SCALE = 2
_TITLE_HEIGHT = 36
_FAMILY = re.compile(rb'font-family="([^"]*)"')


def as_png(chart: ChartView, title: str, size: QSize) -> bytes:
    """PNG at twice the resolution."""
    image = QImage(size * _SCALE, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(_SCALE)
    painter = QPainter(image)
    _paint(chart, painter, title, size)
    painter.end()
    data, buffer = _buffer()
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # the stubs want bytes, the binding a text
    return bytes(data.data())


def as_svg(chart: ChartView, title: str, size: QSize) -> bytes:
    """SVG, with a family of fonts to fall back on where the one of this computer is not there."""
    data, buffer = _buffer()
    generator = QSvgGenerator(QSvgGenerator.SvgVersion.Svg11)
    generator.setOutputDevice(buffer)
    generator.setResolution(chart.logicalDpiX())  # axes are recorded for the screen's
    generator.setSize(size)
    generator.setViewBox(QRectF(0, 0, size.width(), size.height()))
    generator.setTitle(title)
    painter = QPainter(generator)
    _paint(chart, painter, title, size)
    painter.end()
    buffer.close()
    return _FAMILY.sub(rb'font-family="\1, system-ui, sans-serif"', data.data())


def _paint(chart: ChartView, painter: QPainter, title: str, size: QSize) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.fillRect(QRectF(0, 0, size.width(), size.height()), icons.color("base"))
    font = QFont(chart.font())
    font.setWeight(QFont.Weight.DemiBold)
    painter.setFont(font)
    painter.setPen(icons.color("text"))
    painter.drawText(QPointF(16, 24), title)
    chart.paint_whole(painter, QRectF(8, _TITLE_HEIGHT, size.width() - 16, size.height() - _TITLE_HEIGHT - 8))


def _buffer() -> tuple[QByteArray, QBuffer]:
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    return data, buffer
