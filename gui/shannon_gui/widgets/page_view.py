"""Shows a Page of ours and nothing else: no link opens, no resource is loaded but its own drawings."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QRectF, QUrl
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QFrame, QTextBrowser, QWidget

from shannon_gui.text.report_html import PICTURE_SCHEME, Drawing, Page

_PAGE_MARGIN = 24


class PageView(QTextBrowser):
    """Rich text that cannot reach anything outside itself."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._page = Page("", ())
        self.refused: list[str] = []
        self.setOpenLinks(False)
        self.setOpenExternalLinks(False)
        self.setUndoRedoEnabled(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.document().setDocumentMargin(_PAGE_MARGIN)

    def show_page(self, page: Page) -> None:
        """Show this page, from its top."""
        self._page = page
        self.setHtml(page.text)

    def loadResource(self, _kind: int, name: QUrl | str) -> object:
        """A drawing of the page; nothing for any other name, which is kept in ``refused``."""
        url = QUrl(name)
        place = url.path()
        if url.scheme() == PICTURE_SCHEME and place.isdecimal() and int(place) < len(self._page.drawings):
            return self._image(self._page.drawings[int(place)])
        self.refused.append(url.toString())
        return QByteArray(b"\0")  # with nothing at all, Qt would look for a file of that name

    def _image(self, drawing: Drawing) -> QImage:
        scale = self.devicePixelRatioF()
        image = QImage(
            round(drawing.width * scale),
            round(drawing.height * scale),
            QImage.Format.Format_ARGB32_Premultiplied,
        )
        image.setDevicePixelRatio(scale)
        image.fill(0)
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        QSvgRenderer(QByteArray(drawing.svg.encode())).render(
            painter, QRectF(0, 0, drawing.width, drawing.height)
        )
        painter.end()
        return image
