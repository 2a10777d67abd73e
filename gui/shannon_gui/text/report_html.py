"""The HTML report as Qt's rich text can show it: the same texts and charts, by tags of our own choosing.

Qt renders no SVG inside a page, no grid and no custom properties. The saved page is read with a parser and rewritten:
only the tags of the template are known, no attribute passes but a class and the numbers of a drawing, every text is
escaped again, and each drawing becomes a picture of its own. So nothing can be in the page that the program did not
put there.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from html.parser import HTMLParser

from shannon_gui.appearance.theme import Colors

WIDTH = 720
PICTURE_SCHEME = "chart"
_NUMBER = re.compile(r"-?\d+(\.\d+)?")
_NUMBERS = re.compile(r"[\d. -]+")
_SHAPES = {"rect": ("x", "y", "width", "height", "rx"), "line": ("x1", "y1", "x2", "y2"), "text": ("x", "y")}
_COLUMNS = {"pairs": 2, "triples": 3}
_SILENT = frozenset(("style", "title"))
_CHART_SPACING = 32


@dataclass(frozen=True, slots=True)
class Drawing:
    """A chart as SVG; width and height are pixels."""

    svg: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Page:
    """Rich text for Qt; the picture ``chart:N`` in it is the Nth of the drawings."""

    text: str
    drawings: tuple[Drawing, ...]


def page_of(report: str, colors: Colors, family: str) -> Page:
    """The HTML report in these colours; ``family`` is the font of texts in drawings."""
    reader = _Reader(colors, family)
    reader.feed(report)
    reader.close()
    return Page("".join(reader.parts), tuple(reader.drawings))


class _Reader(HTMLParser):
    """Rewrites a report of this program, tag by tag."""

    def __init__(self, colors: Colors, family: str) -> None:
        super().__init__()
        self.parts: list[str] = [f'<body style="color:{colors.text}">']
        self.drawings: list[Drawing] = []
        self._colors = colors
        self._family = html.escape(family)
        self._drawing: list[str] = []
        self._size = (0.0, 0.0)
        self._columns: list[int] = []
        self._cells = 0
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open what stands for this tag."""
        given = {name: value or "" for name, value in attrs}
        if tag in _SILENT:
            self._silent += 1
        elif self._drawing:
            self._draw(tag, given)
        elif tag == "svg":
            self._begin_drawing(given)
        else:
            self._open(tag, given.get("class", ""))

    def handle_endtag(self, tag: str) -> None:
        """Close what stands for this tag."""
        if tag in _SILENT:
            self._silent -= 1
        elif tag == "svg":
            self._end_drawing()
        elif self._drawing:
            if tag == "text":
                self._drawing.append("</text>")
        else:
            self._close(tag)

    def handle_data(self, data: str) -> None:
        """A text, escaped again."""
        if not self._silent:
            # a line break between tags would become a space of its own
            (self._drawing if self._drawing else self.parts).append(html.escape(data.strip("\n")))

    def _open(self, tag: str, kind: str) -> None:
        colors, quiet = self._colors, f"color:{self._colors.muted}"
        if tag == "div" and kind in _COLUMNS:
            self._columns.append(_COLUMNS[kind])
            self._cells = 0
            self.parts.append(f'<table width="{WIDTH}" cellspacing="0" cellpadding="0"><tr>')
            return
        if tag in ("section", "figure") and self._columns:
            self._begin_cell()
        line = f"border-bottom:1px solid {colors.line}"
        right = ' align="right"' if kind == "number" else ""
        self.parts.append(
            {
                "h1": '<p style="font-size:x-large; font-weight:600; margin:0 0 4px 0">',
                "h2": '<p style="font-weight:600; margin:20px 0 6px 0">',
                "figcaption": '<p style="font-weight:600; margin:20px 0 6px 0">',
                "p": f'<p style="margin:0; {quiet}">',
                "span": f'<span style="font-weight:400; {quiet}">',
                "dl": f'<table width="{WIDTH}" cellpadding="10" cellspacing="0" style="margin-top:16px" '
                f'bgcolor="{colors.window}"><tr>',
                "div": "<td>",
                "dt": f'<span style="font-size:small; {quiet}">',
                "dd": '<span style="font-size:large; font-weight:600">',
                "table": f'<table width="{self._width()}" cellspacing="0" cellpadding="4" '
                'style="border-collapse:collapse">',
                "tr": "<tr>",
                "th": f'<td{right} style="{line}; font-weight:600; {quiet}">',
                "td": f'<td{right} style="{line}">',
                "footer": "<p></p>",
            }.get(tag, "")
        )

    def _close(self, tag: str) -> None:
        if tag == "div" and self._columns and not self._is_in_cell:
            self._columns.pop()
            self.parts.append("</tr></table>")
            return
        if tag in ("section", "figure") and self._columns:
            self._is_in_cell = False
            self.parts.append("</td>")
        self.parts.append(
            {
                **dict.fromkeys(("h1", "h2", "figcaption", "p"), "</p>"),
                **dict.fromkeys(("th", "td", "div"), "</td>"),
                **dict.fromkeys(("span", "dd"), "</span>"),
                "dt": "</span><br>",
                "dl": "</tr></table>",
                "table": "</table>",
                "tr": "</tr>",
            }.get(tag, "")
        )

    _is_in_cell = False

    def _begin_cell(self) -> None:
        columns = self._columns[-1]
        if self._cells and self._cells % columns == 0:
            self.parts.append("</tr><tr>")
        self._cells += 1
        self._is_in_cell = True
        self.parts.append(
            f'<td width="{WIDTH // columns}" valign="top" style="padding-right:{_CHART_SPACING}px; padding-top:12px">'
        )

    def _width(self) -> int:
        return WIDTH // self._columns[-1] - _CHART_SPACING if self._columns else WIDTH

    def _begin_drawing(self, given: dict[str, str]) -> None:
        box = given.get("viewbox", "")
        numbers = [float(number) for number in box.split()] if _NUMBERS.fullmatch(box) else []
        self._size = (numbers[2], numbers[3]) if len(numbers) == 4 else (0.0, 0.0)
        width, height = self._size
        look = f'font-size="12" font-family="{self._family}"'
        self._drawing = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" {look}>']

    def _draw(self, tag: str, given: dict[str, str]) -> None:
        if tag not in _SHAPES:
            return
        numbers = "".join(
            f' {name}="{given[name]}"' for name in _SHAPES[tag] if _NUMBER.fullmatch(given.get(name, ""))
        )
        colors, kind = self._colors, given.get("class", "")
        look = {
            "accent": f' fill="{colors.accent}"',
            "danger": f' fill="{colors.danger}"',
            "axis": f' stroke="{colors.edge}"',
            "grid": f' stroke="{colors.line}"',
            "middle": f' fill="{colors.muted}" text-anchor="middle"',
            "end": f' fill="{colors.muted}" text-anchor="end"',
        }.get(kind, f' fill="{colors.muted}"')
        self._drawing.append(f"<{tag}{numbers}{look}{'>' if tag == 'text' else '/>'}")

    def _end_drawing(self) -> None:
        width, height = self._size
        shown = self._width()
        drawn = Drawing("".join(self._drawing) + "</svg>", shown, round(height * shown / (width or 1)))
        self._drawing = []
        picture = f'src="{PICTURE_SCHEME}:{len(self.drawings)}" width="{drawn.width}" height="{drawn.height}"'
        # a paragraph of its own: a bare picture would go on in the line of its title
        self.parts.append(f'<p style="margin:0"><img {picture}></p>')
        self.drawings.append(drawn)
