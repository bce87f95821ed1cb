"""The project's own settings and other plugins: what they have a part in, and what they get from us."""

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
# Events in which another plugin may see or change a single page.
_PAGE_EVENTS = ("pre_page", "page_read_source", "page_markdown", "page_content", "page_context", "post_page")
# Of Material's search it is known what it does to a page of ours: it takes some attributes out.
_KNOWN = ("talkbook.plugin.plugin", "material.plugins.search.plugin")
_NAVIGATION_PLUGINS = {"awesome-nav", "awesome-pages", "literate-nav"}
_HIDDEN = (InclusionLevel.EXCLUDED, InclusionLevel.DRAFT, InclusionLevel.NOT_IN_NAV)


def of_pages(config: MkDocsConfig) -> str:
    """One clause that says which of them sees or changes every single page, "" if none does."""
    for event in _PAGE_EVENTS:
        for method in config.plugins.events[event]:
            module = getattr(method, "__module__", "")
            if module not in _KNOWN:
                return f"{module or 'a hook'} handles on_{event}"
    return ""


def none(config: MkDocsConfig) -> bool:
    """Whether there are none but ours and Material's search."""
    return not config.hooks and all(type(each).__module__ in _KNOWN for each in config.plugins.values())


def say_what_is_missing(config: MkDocsConfig) -> None:
    """Say what the site has not where nobody says its address."""
    if not config.site_url:
        log.info(
            "mkdocs.yml: There is no site_url, so the site has no images for link previews, no feed, no citations and "
            "no data for search engines. Set it to the address of the published site."
        )


def lay_out_tabs(files: Files, config: MkDocsConfig) -> None:
    """Give a project without `nav` a navigation with our lists first, as tabs unless it has features of its own.

    A `nav` of the project's own stays as it is, and where a plugin makes the navigation it is the plugin's.
    """
    if config.nav is not None or _NAVIGATION_PLUGINS & config.plugins.keys():
        return
    if not config.theme.get("features"):
        config.theme["features"] = [_TABS]
    listed = [file for file in files if file.is_documentation_page() and file.inclusion not in _HIDDEN]
    home = next((each.src_uri for each in listed if each.dest_uri == "index.html"), "")
    lists = [{title: f"{uri}.md"} for title, uri in _LISTS if files.get_file_from_path(f"{uri}.md")]
    rest = [each.src_uri for each in listed if not _generated(each) and each.src_uri != home]
    nest: Any = nest_paths  # which has no types
    config.nav = [*([{"Home": home}] if home else []), *lists, *nest(rest)]


def name_sources(files: Files, config: MkDocsConfig) -> None:
    """Tell other plugins, which may look at the file that a page is made of, of which file each of ours is made."""
    for file in files:
        if _generated(file) and file.is_documentation_page() and file.abs_src_path is None:
            made_of = Path(config.docs_dir, file.edit_uri) if file.edit_uri else Path(config.config_file_path)
            file.abs_src_path = os.path.normpath(made_of)


def _generated(file: File) -> bool:
    return file.generated_by == "talkbook" and file.inclusion is not InclusionLevel.EXCLUDED
