"""What the program ships beside its code: sample events, prices, icons, styles, translations, report templates."""

from importlib.resources import files
from pathlib import Path


def sample_folder() -> Path:
    """The folder with the sample events, to be used as a source like any other.

    The files of this package lie on the disk in a checkout, an installed wheel and a frozen program alike.
    """
    return Path(str(files(__name__) / "sample"))


def price_file() -> Path:
    """The list prices of models, with their date."""
    return Path(str(files(__name__) / "prices.toml"))


def translation_file(language: str) -> Path:
    """The texts of the window in this language, in Qt's .ts format."""
    return Path(str(files(__name__) / "translations" / f"{language}.ts"))
