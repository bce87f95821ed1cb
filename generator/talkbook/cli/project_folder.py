"""The project that a command works on, found in a folder."""

from pathlib import Path
from typing import Any

import click
import yaml
from mkdocs.exceptions import ConfigurationError
from mkdocs.utils.yaml import get_yaml_loader, yaml_load

from talkbook.project import Project, from_settings


def find(folder: Path) -> Project:
    """The project in a folder: one with mkdocs.yml, one with a folder content/, or a content folder itself."""
    settings = _settings(folder / "mkdocs.yml")
    options = _options(settings)
    named = str(options.get("content", "content"))
    for content in (folder / named, folder):
        if (content / "transcripts").is_dir() or (content / "topics").is_dir():
            return from_settings(folder, content, settings, options)
    message = f"There are no sources in {folder}: it has no folder {named}/ with transcripts/ or topics/ in it."
    raise click.ClickException(f"{message} Name the folder of a project: talkbook check FOLDER.")


def sites(folder: Path) -> list[Path]:
    """The folders that the sites of a project are built into, copies for disks included."""
    files = sorted(folder.glob("mkdocs*.yml"))
    return [folder / str(_settings(path).get("site_dir", "site")) for path in files] or [folder / "site"]


def _settings(path: Path) -> dict[str, Any]:
    """What mkdocs.yml says, every scalar as text; {} without such a file."""
    if not path.is_file():
        return {}
    try:
        with path.open("rb") as file:
            settings = yaml_load(file, get_yaml_loader(yaml.BaseLoader))  # which builds nothing but text
    except (ConfigurationError, yaml.YAMLError, UnicodeDecodeError, OSError, TypeError) as error:
        raise click.ClickException(f"{path}: This file can't be read: {' '.join(str(error).split())}.") from None
    return settings if isinstance(settings, dict) else {}


def _options(settings: dict[str, Any]) -> dict[str, Any]:
    """The options of our plugin."""
    plugins: Any = settings.get("plugins")
    for plugin in [plugins] if isinstance(plugins, dict) else plugins or ():
        if isinstance(plugin, dict) and isinstance(plugin.get("talkbook"), dict):
            return dict(plugin["talkbook"])
    return {}
