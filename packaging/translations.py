"""Keeps the translations in step with the code: every text of the window, and what the core says to a person.

    python packaging/tasks.py translate          # new texts come in, vanished ones go, finished ones stay

Qt's own lupdate would miss texts here: it knows neither ``counted`` nor a context in a constant, and the core has no Qt
at all. The files are Qt's .ts format nevertheless, so that Qt Linguist opens them. They are read at run time as they
are, so there is nothing to compile and nothing that can be older than its source.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree
from xml.sax.saxutils import escape

from shannon_core.messages.errors import ERRORS
from shannon_core.messages.notices import NOTICES
from shannon_core.messages.phrases import PHRASES

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "resources" / "shannon_resources" / "translations"
CORE = "core"
_MARKS = ("translate", "QT_TRANSLATE_NOOP", "counted", "_tr")
_CORE_MARK = "translatable"
"""In the core, marks a text of an entry (shannon_core.translation)."""


@dataclass(frozen=True, slots=True, order=True)
class Text:
    """One text: where it belongs, what it is in English, and whether it has a form for each number."""

    context: str
    source: str
    is_counted: bool = False


def texts_of_code() -> list[Text]:
    """Every text that a person can see, once, in the order of the contexts and of the code."""
    found: dict[tuple[str, str], Text] = {}
    for text in (*_texts_of_window(), *_texts_of_core()):
        known = found.setdefault((text.context, text.source), text)
        if text.is_counted and not known.is_counted:
            found[text.context, text.source] = text
    return sorted(found.values(), key=lambda text: text.context)


def _texts_of_window() -> Iterator[Text]:
    for path in sorted((ROOT / "gui" / "shannon_gui").rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        yield from _Window(_constants(tree)).texts(tree)


def _constants(tree: ast.Module) -> dict[str, str]:
    """The texts that the module gives names to, such as _CONTEXT."""
    return {
        target.id: node.value.value
        for node in tree.body
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
        for target in node.targets
        if isinstance(target, ast.Name) and isinstance(node.value.value, str)
    }


class _Window:
    """Finds the calls that translate in one module."""

    def __init__(self, constants: dict[str, str]) -> None:
        self._constants = constants

    def texts(self, node: ast.AST, scope: str = "") -> Iterator[Text]:
        """Every text below this node, which stands in a class of the name ``scope``."""
        if isinstance(node, ast.ClassDef):
            scope = node.name
        if isinstance(node, ast.Call):
            yield from self._texts_of_call(node, scope)
        for child in ast.iter_child_nodes(node):
            yield from self.texts(child, scope)

    def _texts_of_call(self, call: ast.Call, scope: str) -> Iterator[Text]:
        name = _name(call.func)
        if name == "tr" and scope:
            context, sources = scope, call.args[:1]
        elif name == "_tr":
            context, sources = self._constants.get("_CONTEXT", ""), call.args[:1]
        elif name in _MARKS and len(call.args) > 1:
            context, sources = self._text(call.args[0]), call.args[1:2]
        else:
            return
        for source in sources:
            for text in _literals(source):
                is_counted = name == "counted" or (name == "QT_TRANSLATE_NOOP" and "{n}" in text)
                yield Text(context, text, is_counted)

    def _text(self, node: ast.expr) -> str:
        match node:
            case ast.Constant(value=str(text)):
                return text
            case ast.Name(id=name):
                return self._constants.get(name, "")
        return ""


def _name(function: ast.expr) -> str:
    return getattr(function, "attr", "") or getattr(function, "id", "")


def _literals(node: ast.expr) -> Iterator[str]:
    """The texts that the expression may be: itself, or either side of a condition."""
    match node:
        case ast.Constant(value=str(text)):
            yield text
        case ast.IfExp():
            yield from _literals(node.body)
            yield from _literals(node.orelse)


def _texts_of_core() -> Iterator[Text]:
    errors = (template for spec in ERRORS.values() for template in spec.templates)
    notices = (spec.text for spec in NOTICES.values())
    for template in (*errors, *notices, *PHRASES.values()):
        if _has_words(template):
            yield Text(CORE, template, "{n}" in template)
    for path in sorted((ROOT / "core" / "shannon_core").rglob("*.py")):
        yield from texts_of_core(ast.parse(path.read_text(encoding="utf-8")))


def texts_of_core(tree: ast.Module) -> Iterator[Text]:
    """The texts of entries that a module of the core marks."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _name(node.func) == _CORE_MARK:
            yield from (Text(CORE, text) for argument in node.args for text in _literals(argument))


def _has_words(template: str) -> bool:
    """Whether there is anything to translate; a mere value has nothing."""
    return any(letter.isalpha() for letter in re.sub(r"\{[^}]*\}", "", template))


def translations(language: str) -> dict[Text, tuple[str, ...]]:
    """What the file of the language has; an empty form is one without a translation."""
    path = FOLDER / f"{language}.ts"
    if not path.exists():
        return {}
    result = {}
    for context in ElementTree.parse(path).iter("context"):
        for message in context.iter("message"):
            text = Text(
                context.findtext("name", ""), message.findtext("source", ""), message.get("numerus") == "yes"
            )
            forms = [form.text or "" for form in message.iter("numerusform")]
            result[text] = tuple(forms or [message.findtext("translation", "")])
    return result


def update(language: str) -> list[Text]:
    """Write the file of the language for the code as it is now; the texts without a translation."""
    known = translations(language)
    same_source = {text.source: forms for text, forms in known.items() if all(forms)}
    current = {}
    for text in texts_of_code():
        forms = known.get(text) or same_source.get(text.source, ())
        current[text] = (
            forms if len(forms) == (2 if text.is_counted else 1) else ("",) * (1 + text.is_counted)
        )
    FOLDER.mkdir(exist_ok=True)
    (FOLDER / f"{language}.ts").write_text(as_ts(language, current), encoding="utf-8")
    return [text for text, forms in current.items() if not all(forms)]


def as_ts(language: str, texts: dict[Text, tuple[str, ...]]) -> str:
    """The texts as Qt Linguist writes them."""
    lines = ['<?xml version="1.0" encoding="utf-8"?>', "<!DOCTYPE TS>"]
    lines.append(f'<TS version="2.1" language="{language}" sourcelanguage="en">')
    for context in dict.fromkeys(text.context for text in texts):
        lines += ["<context>", f"    <name>{escape(context)}</name>"]
        for text, forms in texts.items():
            if text.context == context:
                lines += _message(text, forms)
        lines.append("</context>")
    return "\n".join([*lines, "</TS>", ""])


def _message(text: Text, forms: tuple[str, ...]) -> list[str]:
    state = "" if all(forms) else ' type="unfinished"'
    inner = escape(forms[0])
    if text.is_counted:
        inner = "".join(f"<numerusform>{escape(form)}</numerusform>" for form in forms)
    return [
        '    <message numerus="yes">' if text.is_counted else "    <message>",
        f"        <source>{escape(text.source)}</source>",
        f"        <translation{state}>{inner}</translation>",
        "    </message>",
    ]


def main() -> int:
    """Bring every language up to date; the exit code says whether all of it is translated."""
    code = 0
    for path in sorted(FOLDER.glob("*.ts")):
        missing = update(path.stem)
        print(f"{path.name}: {len(texts_of_code())} texts, {len(missing)} without a translation")
        for text in missing:
            print(f"  {text.context}: {text.source}")
        code = code or int(bool(missing))
    return code


if __name__ == "__main__":
    sys.exit(main())
