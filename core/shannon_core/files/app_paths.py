"""Folders and files of the program itself on this computer; nothing is created here."""

from __future__ import annotations

from pathlib import Path

import platformdirs

APP_NAME = "shannon-exporter"


def cache_folder() -> Path:
    """The folder of files that can always be rebuilt."""
    return platformdirs.user_cache_path(APP_NAME, appauthor=False)


def own_price_file() -> Path:
    """The user's own price file, which need not exist."""
    return platformdirs.user_config_path(APP_NAME, appauthor=False) / "prices.toml"


def pseudonym_key_file() -> Path:
    """The file with the secret key of pseudonyms."""
    return platformdirs.user_config_path(APP_NAME, appauthor=False) / "pseudonyms.key"


def store_folder() -> Path:
    """The folder of the stores, one file for each set of sources."""
    return cache_folder() / "stores"


def part_notes_folder() -> Path:
    """The folder of the entries that register part files (abandoned_parts.py)."""
    return cache_folder() / "parts"
