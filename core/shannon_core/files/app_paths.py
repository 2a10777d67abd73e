"""Where the program keeps its own things on this computer."""

from __future__ import annotations

from pathlib import Path

import platformdirs

APP_NAME = "shannon-exporter"


def cache_folder() -> Path:
    """The folder for what can always be made again."""
    return platformdirs.user_cache_path(APP_NAME, appauthor=False)


def own_price_file() -> Path:
    """Where a person puts prices of their own."""
    return platformdirs.user_config_path(APP_NAME, appauthor=False) / "prices.toml"


def pseudonym_key_file() -> Path:
    """Where the key of this computer's pseudonyms lies."""
    return platformdirs.user_config_path(APP_NAME, appauthor=False) / "pseudonyms.key"


def store_folder() -> Path:
    """Where stores are kept, one file for each set of sources."""
    return cache_folder() / "stores"


def part_notes_folder() -> Path:
    """Where it is noted which part files are being written."""
    return cache_folder() / "parts"
