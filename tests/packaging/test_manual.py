"""Man pages and completions say what the parsers say."""

import re
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest

import manual

MOMENT = datetime(2026, 11, 25, tzinfo=UTC)
PROGRAMS = {program.name: program for program in manual.programs()}


@pytest.fixture(params=list(PROGRAMS))
def program(request: pytest.FixtureRequest) -> manual.Program:
    return PROGRAMS[request.param]


def options_of(program: manual.Program) -> set[str]:
    return {word for action in manual.flags(program.parser) for word in action.option_strings}


def test_that_the_parsers_options_are_all_found() -> None:
    helped = PROGRAMS["shannon-export"].parser.format_help()
    written = set(re.findall(r"(?<![\w-])(--?[a-z][\w-]*)", re.sub(r"\(.*?\)", "", helped, flags=re.DOTALL)))
    assert options_of(PROGRAMS["shannon-export"]) >= {"-o", "--output", "--strict", "--no-cache"}
    assert {word for word in written if word in options_of(PROGRAMS["shannon-export"])} == options_of(
        PROGRAMS["shannon-export"]
    )


def test_that_a_man_page_has_each_option_once_with_its_text(program: manual.Program) -> None:
    page = manual.man_page(program, MOMENT).replace("\\-", "-").replace("\\(aq", "'").replace("\\(ti", "~")
    headings = re.findall(r"\.TP\n(\\fB-.*)\n(.+)", page)
    named = [word for heading, _text in headings for word in re.findall(r"\\fB(-[^\\]+)\\fR", heading)]
    assert sorted(named) == sorted(options_of(program))
    texts = [text for _heading, text in headings]
    assert "\\&" not in texts, "an option without a help text"
    for action in manual.flags(program.parser):
        for choice in action.choices or ():
            assert any(str(choice) in text for text in texts)


@pytest.mark.skipif(shutil.which("man") is None, reason="there is no man to read the page")
def test_that_man_reads_a_page_without_a_warning(program: manual.Program, tmp_path: Path) -> None:
    page = tmp_path / f"{program.name}.1"
    page.write_text(manual.man_page(program, MOMENT), encoding="utf-8")
    command = ["man", "--warnings", "--local-file", str(page)]
    read = subprocess.run(
        command,
        capture_output=True,
        text=True,
        check=True,
        env={"PATH": "/usr/bin:/bin", "MANWIDTH": "80", "LC_ALL": "C.UTF-8"},
    )
    assert read.stderr == ""
    assert "EXIT STATUS" in re.sub(".\b", "", read.stdout)


@pytest.mark.parametrize("shell", list(manual.COMPLETIONS))
def test_that_a_completion_offers_each_option_and_choice(program: manual.Program, shell: str) -> None:
    text = manual.COMPLETIONS[shell][0](program)
    for action in manual.flags(program.parser):
        for word in action.option_strings:
            spelt = {"fish": f"-{'l' if word.startswith('--') else 's'} {word.lstrip('-')} "}.get(shell, word)
            assert spelt in text
        assert " ".join(map(str, action.choices or ())) in text


@pytest.mark.parametrize("shell", list(manual.COMPLETIONS))
def test_that_a_completion_is_valid_for_its_shell(program: manual.Program, shell: str) -> None:
    if shutil.which(shell) is None:
        pytest.skip(f"there is no {shell}")
    text = manual.COMPLETIONS[shell][0](program)
    checked = subprocess.run([shell, "-n"], input=text, capture_output=True, text=True, check=False)
    assert (checked.returncode, checked.stderr) == (0, "")


@pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash")
@pytest.mark.parametrize(
    ("words", "offered"),
    [
        (["--form"], ["--format"]),
        (["--format", "p"], ["parquet"]),
        (["--progress", ""], ["auto", "plain", "json", "none"]),
        (["--csv"], ["--csv-bom", "--csv-lf"]),
    ],
)
def test_that_bash_completes_what_is_typed(words: list[str], offered: list[str], tmp_path: Path) -> None:
    script = tmp_path / "completion"
    script.write_text(manual.bash(PROGRAMS["shannon-export"]), encoding="utf-8")
    line = ["shannon-export", *words]
    ask = (
        f"compopt() {{ :; }}; . {script}; COMP_WORDS=({' '.join(word or repr('') for word in line)}); "
        f"COMP_CWORD={len(words)}; _shannon_export; printf '%s\\n' \"${{COMPREPLY[@]}}\""
    )
    said = subprocess.run(["bash", "-c", ask], capture_output=True, text=True, check=True)
    assert said.stdout.split() == offered
