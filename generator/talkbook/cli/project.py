"""The project that a command works on: its folder, its settings and its book."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
import yaml
from jinja2 import ChoiceLoader, FileSystemLoader
from mkdocs.exceptions import ConfigurationError
from mkdocs.utils.yaml import yaml_load

from talkbook.book import build, parallel
from talkbook.book.build import Book
from talkbook.pages.context import RenderContext
from talkbook.pages.page import Addresses
from talkbook.sources import content_folder


@dataclass(frozen=True, slots=True)
class Project:
    """A folder with sources.

    folder: that holds mkdocs.yml, or would. content: that holds transcripts/ and topics/.
    settings: of mkdocs.yml, every scalar as text; {} without such a file.
    """

    folder: Path
    content: Path
    settings: dict[str, Any]

    def book(self) -> Book:
        """The book made of the sources, paths in messages being relative to the working folder."""
        return build.build(content_folder.read(self.content.resolve(), Path.cwd()), process=parallel.process_all)

    def site(self, made: Book) -> RenderContext:
        """The book on its way to pages, as the plugin would have it."""
        own = FileSystemLoader(self.folder / "templates" / "pages")
        return RenderContext(
            book=made,
            loader=ChoiceLoader([own, FileSystemLoader(content_folder.templates() / "pages")]),
            addresses=Addresses(str(self.settings.get("use_directory_urls", "true")).lower() != "false"),
            name=str(self.settings.get("site_name", "Talkbook")),
        )

    @property
    def pages(self) -> Path:
        """The folder of hand-written pages."""
        return self.folder / str(self.settings.get("docs_dir", "docs"))

    @property
    def sites(self) -> list[Path]:
        """The folders that sites are built into, copies for disks included."""
        files = sorted(self.folder.glob("mkdocs*.yml"))
        return [self.folder / str(_settings(path).get("site_dir", "site")) for path in files] or [self.folder / "site"]


def find(folder: Path) -> Project:
    """The project in a folder: one with mkdocs.yml, one with a folder content/, or a content folder itself."""
    settings = _settings(folder / "mkdocs.yml")
    named = folder / _content(settings)
    for content in (named, folder):
        if (content / "transcripts").is_dir() or (content / "topics").is_dir():
            return Project(folder, content, settings)
    message = (
        f"There are no sources in {folder}: it has no folder {_content(settings)}/ with transcripts/ or topics/ in it."
    )
    raise click.ClickException(f"{message} Name the folder of a project: talkbook check FOLDER.")


def _settings(path: Path) -> dict[str, Any]:
    if not path.is_file():
        return {}
    try:
        with path.open("rb") as file:
            found = yaml_load(file, yaml.BaseLoader)  # which builds nothing but text
    except (ConfigurationError, yaml.YAMLError, UnicodeDecodeError, OSError, TypeError) as error:
        raise click.ClickException(f"{path}: This can't be read: {' '.join(str(error).split())}.") from None
    return found if isinstance(found, dict) else {}


def _content(settings: dict[str, Any]) -> str:
    plugins: Any = settings.get("plugins")
    for plugin in [plugins] if isinstance(plugins, dict) else plugins or ():
        if isinstance(plugin, dict) and isinstance(plugin.get("talkbook"), dict):
            return str(plugin["talkbook"].get("content", "content"))
    return "content"
