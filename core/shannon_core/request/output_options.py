"""How files are encoded: one entry for each option, from which the command line, the window and the job file are made.

An option is a field of ``Encoding``, a flag of the command line that sets it to one value, and a control in the window.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from shannon_core.request.format_specs import FormatSpec
from shannon_core.translation import translatable

Value = bool | str


@dataclass(frozen=True, slots=True)
class OutputOption:
    """One option. ``id`` is the field of ``Encoding``, and its member in a job file.

    ``flag`` sets it to ``flag_value``, which ``flag_help`` describes; without the flag it has the default of
    ``Encoding``. In the window it is ``label`` with the tooltip ``help``: a check box, or where there are ``choices``
    (value, label) a choice among them. It concerns the formats that list its id, or with ``for_all`` every format.
    ``group`` is the title of the format whose popup holds it. With ``is_dropped`` its value counts as the default while
    no chosen format is concerned.
    """

    id: str
    flag: str
    flag_value: Value
    flag_help: str
    label: str
    help: str
    choices: tuple[tuple[Value, str], ...] = ()
    for_all: bool = False
    group: str = ""
    is_dropped: bool = False

    def concerns(self, spec: FormatSpec) -> bool:
        """Whether it changes files of this format."""
        return self.for_all or self.id in spec.options


OUTPUT_OPTIONS = (
    OutputOption(
        "compress",
        "--compress",
        flag_value=True,
        flag_help="gzip for text formats, zstd for Parquet",
        label=translatable("&Compress"),
        help=translatable("Text formats end in .gz; Parquet uses zstd."),
        is_dropped=True,
    ),
    OutputOption(
        "formula_guard",
        "--raw-csv",
        flag_value=False,
        flag_help="without the guard against formulas",
        label=translatable("Formula &guard"),
        help=translatable("Text that a spreadsheet could run as a formula gets a ' before it in CSV."),
    ),
    OutputOption(
        "csv_bom",
        "--csv-bom",
        flag_value=True,
        flag_help="a byte order mark, by which Excel knows UTF-8",
        label=translatable("&Byte order mark, by which Excel knows UTF-8"),
        help=translatable("Some other programs read the mark as part of the first column's name."),
        group="CSV",
    ),
    OutputOption(
        "csv_line_end",
        "--csv-lf",
        flag_value="\n",
        flag_help="lines end with LF instead of CR LF",
        label=translatable("&Lines end with"),
        help=translatable("RFC 4180 asks for CR LF; programs on Unix expect LF."),
        choices=(
            ("\r\n", translatable("CR LF, as RFC 4180 says")),
            ("\n", translatable("LF, as on Unix")),
        ),
        group="CSV",
    ),
    OutputOption(
        "anonymize",
        "--anonymize",
        flag_value=True,
        flag_help="pseudonyms for user ids, account names and branches",
        label=translatable("Pseudon&yms for people and branches"),
        help=translatable(
            "User ids, account names in paths and branches get pseudonyms in the files, the same ones in every export"
            " of this computer. The preview shows the names."
        ),
        for_all=True,
    ),
)


def flags_of(values: Mapping[str, Value]) -> list[str]:
    """The flags of the command line that set the options to these values, by their ids."""
    return [option.flag for option in OUTPUT_OPTIONS if values[option.id] == option.flag_value]
