"""Man pages and shell completions, made from the argument parsers of the two programs, so that they cannot say anything
else.

Nothing of this is kept: packages get it while they are made, and a test holds every option against every page.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from shannon_core._version import __version__
from shannon_core.cli.arguments import argument_parser as export_parser
from shannon_core.request.format_specs import format_titles
from shannon_gui.app import argument_parser as exporter_parser

FILES = {"SOURCE", "FILE", "PATH"}
FOLDERS = {"FOLDER"}


@dataclass(frozen=True, slots=True)
class Program:
    """One program: its parser, and what a man page says beyond it."""

    parser: argparse.ArgumentParser
    summary: str
    about: str
    examples: str
    exit_codes: str
    see_also: str

    @property
    def name(self) -> str:
        """The command."""
        return self.parser.prog


EXPORT = {
    "summary": f"turn logs of AI agents into {format_titles()}",
    "about": """
Reads folders and files of event logs, keeps what was read in a cache of this user, and writes the events that match,
with aggregations and reports, into files of one or several formats. A file is complete and was read back before it
appears under its name. Nothing is sent anywhere.

Answers go to standard output, progress to standard error.
""",
    "examples": """
The last 30 days as a workbook, days as in Berlin
    shannon-export ~/.shannon-mcp/analytics -o usage.xlsx --last 30d --timezone Europe/Berlin
Failed calls of two tools, events only
    shannon-export logs/ -o week.csv --tool Bash --tool Edit --success false --no-aggregations --no-reports
Three formats at once, as out/usage.*
    shannon-export logs/ -o out/usage --format parquet --format excel --format zip
Look first
    shannon-export logs/ --preview 20
""",
    "exit_codes": """
0    finished
1    finished with errors or, under --strict, with rejected lines
2    bad arguments
3    failed
130  cancelled
""",
    "see_also": "shannon-exporter",
}
EXPORTER = {
    "summary": "look at logs of AI agents in a window, and export them",
    "about": """
Opens a window on the named sources: choose dates and filters, see the very events that match, and save them in
several formats. What it does is also done by shannon-export, without a screen.
""",
    "examples": """
Open a folder
    shannon-exporter ~/.shannon-mcp/analytics
Look around
    shannon-exporter --sample
""",
    "exit_codes": """
0    the window was closed, or all is well
1    the self-test failed
2    bad arguments
""",
    "see_also": "shannon-export",
}


def programs() -> tuple[Program, ...]:
    """Both programs."""
    return Program(export_parser(), **EXPORT), Program(exporter_parser(), **EXPORTER)


def options(parser: argparse.ArgumentParser) -> Iterator[tuple[str, list[argparse.Action]]]:
    """The groups of a parser with what a person can write, in its order."""
    for group in parser._action_groups:
        actions = [action for action in group._group_actions if action.help != argparse.SUPPRESS]
        if actions:
            yield group.title or "", actions


def flags(parser: argparse.ArgumentParser) -> list[argparse.Action]:
    """Everything that starts with a dash."""
    return [action for _title, actions in options(parser) for action in actions if action.option_strings]


def man_page(program: Program, moment: datetime) -> str:
    """The page in the language of man(7)."""
    parser = program.parser
    usage = (
        re.sub(r"\s+", " ", parser.format_usage().removeprefix("usage:")).strip().removeprefix(parser.prog)
    )
    lines = [
        f'.TH {parser.prog.upper()} 1 "{moment:%Y-%m-%d}" "Shannon Exporter {__version__}" "User Commands"',
        ".SH NAME", f"{_roff(parser.prog)} \\- {_roff(program.summary)}",
        ".SH SYNOPSIS", f".B {_roff(parser.prog)}", _roff(usage.strip()),
        ".SH DESCRIPTION", _roff(program.about.strip()).replace("\n\n", "\n.PP\n"),
        ".SH OPTIONS",
    ]  # fmt: skip
    for title, actions in options(parser):
        lines.append(f".SS {_roff(title[:1].upper() + title[1:])}")
        for action in actions:
            lines += [".TP", _heading(action), _roff(_text(parser, action)) or "\\&"]
    lines += [".SH EXIT STATUS"]
    for line in program.exit_codes.strip().splitlines():
        code, meaning = line.split(maxsplit=1)
        lines += [".TP", f".B {code}", _roff(meaning)]
    lines += [".SH EXAMPLES"]
    for line in program.examples.strip().splitlines():
        lines += (
            [".RS", ".nf", _roff(line.strip()), ".fi", ".RE", ".PP"]
            if line.startswith(" ")
            else [f"{_roff(line)}:"]
        )
    lines[-1:] = [".SH SEE ALSO", f".BR {_roff(program.see_also)} (1)"]
    return "\n".join(lines) + "\n"


def _roff(text: str) -> str:
    """Text as roff prints it: hyphens that can be copied, no line that starts like a request."""
    escaped = text.replace("\\", "\\e").replace("-", "\\-").replace("~", "\\(ti").replace("'", "\\(aq")
    return f"\\&{escaped}" if escaped.startswith((".", "'")) else escaped


def _heading(action: argparse.Action) -> str:
    names = ", ".join(f"\\fB{_roff(name)}\\fR" for name in action.option_strings)
    value = "" if action.nargs == 0 else _roff(_metavar(action))
    value += " ..." if action.nargs in ("+", "*") else ""
    return " ".join(part for part in (names, f"\\fI{value}\\fR" if value else "") if part)


def _text(parser: argparse.ArgumentParser, action: argparse.Action) -> str:
    said = parser._get_formatter()._expand_help(action) if action.help else ""
    choices = f"one of {', '.join(map(str, action.choices))}" if action.choices else ""
    return "; ".join(part for part in (said, choices) if part)


def _metavar(action: argparse.Action) -> str:
    if isinstance(action.metavar, str):
        return action.metavar
    if action.choices:
        return "|".join(map(str, action.choices))
    return action.dest.upper()


def bash(program: Program) -> str:
    """The completion script of a program for bash."""
    name, function = program.name, f"_{program.name.replace('-', '_')}"
    cases = []
    for action in flags(program.parser):
        if action.nargs != 0:
            cases.append(f"    {'|'.join(action.option_strings)}) {_bash_value(action)} return ;;")
    words = " ".join(word for action in flags(program.parser) for word in action.option_strings)
    return "\n".join([
        f"# Completion of {name} for bash.",
        f"{function}() {{",
        '  local word="${COMP_WORDS[COMP_CWORD]}" before="${COMP_WORDS[COMP_CWORD-1]}"',
        "  COMPREPLY=()",
        '  case "$before" in',
        *cases,
        "  esac",
        '  if [[ "$word" == -* ]]; then',
        f"    mapfile -t COMPREPLY < <(compgen -W '{words}' -- \"$word\")",
        "  else",
        '    compopt -o filenames; mapfile -t COMPREPLY < <(compgen -f -- "$word")',
        "  fi",
        "}",
        f"complete -F {function} {name}",
        "",
    ])  # fmt: skip


def _bash_value(action: argparse.Action) -> str:
    if action.choices:
        return f"mapfile -t COMPREPLY < <(compgen -W '{' '.join(map(str, action.choices))}' -- \"$word\");"
    if action.metavar in FILES | FOLDERS:
        kind = "-f" if action.metavar in FILES else "-d"
        return f'compopt -o filenames; mapfile -t COMPREPLY < <(compgen {kind} -- "$word");'
    return ""


def zsh(program: Program) -> str:
    """The completion script of a program for zsh."""
    lines = []
    for action in flags(program.parser):
        description = re.sub(r"([\[\]:\\])", r"\\\1", _text(program.parser, action)).replace("'", "'\\''")
        value = "" if action.nargs == 0 else f":{_metavar(action).lower()}:{_zsh_value(action)}"
        again = "*" if isinstance(action, argparse._AppendAction) else ""
        lines += [f"  '{again}{word}[{description}]{value}' \\" for word in action.option_strings]
    return "\n".join([f"#compdef {program.name}", "_arguments -s \\", *lines, "  '*:source:_files'", ""])


def _zsh_value(action: argparse.Action) -> str:
    if action.choices:
        return f"({' '.join(map(str, action.choices))})"
    return "_files" if action.metavar in FILES else "_files -/" if action.metavar in FOLDERS else " "


def fish(program: Program) -> str:
    """The completion script of a program for fish."""
    lines = [f"# Completion of {program.name} for fish."]
    for action in flags(program.parser):
        names = [
            f"-l {word[2:]}" if word.startswith("--") else f"-s {word[1:]}" for word in action.option_strings
        ]
        description = _text(program.parser, action).replace("\\", "\\\\").replace("'", "\\'")
        takes = ["-r"] if action.nargs not in (0, "?") else []
        if action.choices:
            takes += ["-f", f"-a '{' '.join(map(str, action.choices))}'"]
        elif action.nargs == 0 or action.metavar not in FILES | FOLDERS:
            takes += ["-f"]
        lines.append(" ".join(["complete", f"-c {program.name}", *names, *takes, f"-d '{description}'"]))
    return "\n".join([*lines, ""])


COMPLETIONS: dict[str, tuple[Callable[[Program], str], str]] = {
    "bash": (bash, "usr/share/bash-completion/completions/{name}"),
    "zsh": (zsh, "usr/share/zsh/vendor-completions/_{name}"),
    "fish": (fish, "usr/share/fish/vendor_completions.d/{name}.fish"),
}
"""Each shell with its writer and the place that it looks at on Debian."""
