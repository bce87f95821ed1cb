"""The project's other plugins and its settings: what Talkbook leaves to them, and the defaults that it adds."""

import logging
import os
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.utils import nest_paths

log = logging.getLogger("mkdocs.plugins.talkbook")

_TABS = "navigation.tabs"
_LISTS = (("Topics", "topics/index"), ("Conversations", "transcripts/index"), ("People", "people/index"))
# Events in which a plugin may read or change a single page.
_PAGE_EVENTS = ("pre_page", "page_read_source", "page_markdown", "page_content", "page_context", "post_page")
# Modules of plugins that don't count here: Talkbook, and Material's search, which only removes attributes.
_KNOWN = ("talkbook.plugin.plugin", "material.plugins.search.plugin")
_NAVIGATION_PLUGINS = {"awesome-nav", "awesome-pages", "literate-nav"}
_HIDDEN = (InclusionLevel.EXCLUDED, InclusionLevel.DRAFT, InclusionLevel.NOT_IN_NAV)


def page_handler(config: MkDocsConfig) -> str:
    """Return a clause that names a plugin or hook that handles an event of single pages; "" if there is none."""
    for event in _PAGE_EVENTS:
        for method in config.plugins.events[event]:
            module = getattr(method, "__module__", "")
            if module not in _KNOWN:
                return f"{module or 'a hook'} handles on_{event}"
    return ""


def no_others(config: MkDocsConfig) -> bool:
    """Return whether there are no hooks, and no plugins other than Talkbook and Material's search."""
    return not config.hooks and all(type(each).__module__ in _KNOWN for each in config.plugins.values())


def log_missing_address(config: MkDocsConfig) -> None:
    """Log what the site lacks if mkdocs.yml doesn't give its address."""
    if not config.site_url:
        log.info(
            "mkdocs.yml: There is no site_url, so the site has no images for link previews, no feed, no citations and "
            "no data for search engines. Set it to the address of the published site."
        )


def lay_out_tabs(files: Files, config: MkDocsConfig) -> None:
    """Give a project without `nav` a navigation: the start page, Talkbook's lists, then all other handwritten pages.

    It is shown as tabs unless the project lists features of the theme. Nothing changes if a plugin makes a navigation.
    """
    if config.nav is not None or _NAVIGATION_PLUGINS & config.plugins.keys():
        return
    if not config.theme.get("features"):
        config.theme["features"] = [_TABS]
    listed = [file for file in files if file.is_documentation_page() and file.inclusion not in _HIDDEN]
    home = next((each.src_uri for each in listed if each.dest_uri == "index.html"), "")
    lists = [{title: f"{uri}.md"} for title, uri in _LISTS if files.get_file_from_path(f"{uri}.md")]
    rest = [each.src_uri for each in listed if not _generated(each) and each.src_uri != home]
    nest: Any = nest_paths  # untyped
    config.nav = [*([{"Home": home}] if home else []), *lists, *nest(rest)]


def name_sources(files: Files, config: MkDocsConfig) -> None:
    """Set the source file of each generated page, since other plugins may read it."""
    for file in files:
        if _generated(file) and file.is_documentation_page() and file.abs_src_path is None:
            made_of = Path(config.docs_dir, file.edit_uri) if file.edit_uri else Path(config.config_file_path)
            file.abs_src_path = os.path.normpath(made_of)


def _generated(file: File) -> bool:
    return file.generated_by == "talkbook" and file.inclusion is not InclusionLevel.EXCLUDED
