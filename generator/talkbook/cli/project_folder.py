"""Find the project that a command works on."""

from pathlib import Path
from typing import Any

import click
import yaml
from mkdocs.exceptions import ConfigurationError
from mkdocs.utils.yaml import get_yaml_loader, yaml_load

from talkbook.project import Project, from_settings


def find(folder: Path) -> Project:
    """Return the project in a folder, which may also be the content folder itself.

    Raises ClickException if there are no transcripts or topics, or if mkdocs.yml can't be read or understood.
    """
    settings = _settings(folder / "mkdocs.yml")
    options = _options(settings)
    named = options.get("content", "content")
    if not isinstance(named, str):
        message = f"{folder / 'mkdocs.yml'}: The option content of talkbook is not text."
        raise click.ClickException(f"{message} Write the name of a folder.")
    for content in (folder / named, folder):
        if (content / "transcripts").is_dir() or (content / "topics").is_dir():
            return from_settings(folder, content, settings, options)
    message = f"There are no sources in {folder}: it has no folder {named}/ with transcripts/ or topics/ in it."
    raise click.ClickException(f"{message} Name the folder of a project: talkbook check FOLDER.")


def sites(folder: Path) -> list[Path]:
    """Return the folders into which a project's sites are built: one for each mkdocs*.yml."""
    files = sorted(folder.glob("mkdocs*.yml"))
    return [folder / str(_settings(path).get("site_dir", "site")) for path in files] or [folder / "site"]


def _settings(path: Path) -> dict[str, Any]:
    """Return the settings in mkdocs.yml, with every scalar as text; {} if there is no such file."""
    if not path.is_file():
        return {}
    try:
        with path.open("rb") as file:
            settings = yaml_load(file, get_yaml_loader(yaml.BaseLoader))  # which ignores tags that would run code
    except (ConfigurationError, yaml.YAMLError, UnicodeDecodeError, OSError, TypeError) as error:
        raise click.ClickException(f"{path}: This file can't be read: {' '.join(str(error).split())}.") from None
    if not isinstance(settings, dict | None):
        raise click.ClickException(f"{path}: This is not a mapping of keys to values. Begin it with site_name: ….")
    return settings or {}


def _options(settings: dict[str, Any]) -> dict[str, Any]:
    """Return the options of Talkbook's plugin."""
    plugins: Any = settings.get("plugins")
    for plugin in [plugins] if isinstance(plugins, dict) else plugins or ():
        if isinstance(plugin, dict) and isinstance(plugin.get("talkbook"), dict):
            return dict(plugin["talkbook"])
    return {}
