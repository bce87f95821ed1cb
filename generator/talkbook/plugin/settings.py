"""The plugin's options, and the project that mkdocs.yml describes."""

from pathlib import Path

from mkdocs.config import config_options
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig

from talkbook.pages.page import Addresses
from talkbook.pages.site_settings import SiteSettings
from talkbook.project import Project


class Settings(Config):  # type: ignore[no-untyped-call]
    """The plugin's options in mkdocs.yml."""

    content = config_options.Type(str, default="content")
    cards = config_options.Type(bool, default=True)
    cluster = config_options.Type(str, default="")
    proposals = config_options.Choice(("show", "hide"), default="show")


def project(config: MkDocsConfig, options: Settings, published: Addresses | None) -> Project:
    """Return the project that mkdocs.yml describes.

    options: those of the plugin.
    published: the addresses of the published site, if this is an offline copy of it; otherwise None.
    """
    folder = Path(config.config_file_path).parent if config.config_file_path else Path.cwd()
    site = SiteSettings(
        name=config.site_name,
        description=config.site_description or "",
        url=config.site_url or "",
        repository=config.repo_url or "",
        language=str(config.theme.get("language") or "en"),
        addresses=Addresses(config.use_directory_urls),
        cards=options.cards and bool(config.site_url),
        published=published,
    )
    return Project(
        folder=folder,
        content=folder / options.content,
        docs=Path(config.docs_dir),
        site=site,
        cluster=options.cluster,
        proposals=options.proposals == "show",
    )
