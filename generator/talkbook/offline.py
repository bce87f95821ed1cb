"""What a copy of the site for file:// needs changed: it may ask no other host, and has no server of its own to ask.

Material's offline plugin, where a project lists it, does the rest: addresses end in
.html, and the search index is a script.
"""

from collections.abc import Sequence
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files

from talkbook.pages.page import Addresses
from talkbook.pages.site import Site

SHIM = "assets/iframe-worker/shim.js"  # of iframe-worker 1.0.4


def prepare(config: MkDocsConfig) -> Addresses | None:
    """Change the configuration of a build with the offline plugin, and no other; to be called before that plugin.

    Returns how the addresses end of which this is a copy; None where it is none.
    """
    plugin: Any = config.plugins.get("material/offline")
    if plugin is None or not plugin.config.enabled:
        return None
    config.extra["polyfills"] = scripts(config.extra.get("polyfills", []))
    config.theme["features"] = features(config.theme.get("features", []))
    # Nobody asks a disk for them, and the links in them are no links within the copy.
    config.theme.static_templates -= {"404.html", "sitemap.xml"}
    return Addresses(config.use_directory_urls)


def scripts(polyfills: Sequence[Any]) -> list[Any]:
    """Material's list of scripts before its own, with our copy of iframe-worker and nobody else's.

    A page from file:// can't start a worker, and search wants one; this script has a frame
    stand in for it. The offline plugin takes it from another host, unless it is listed.
    """
    return [*(script for script in polyfills if "iframe-worker" not in str(script)), SHIM]


def features(listed: Sequence[str]) -> list[str]:
    """The theme's features without those that fetch pages, which a page from file:// can't."""
    return [feature for feature in listed if not feature.startswith("navigation.instant")]


def name(files: Files, web: Site | None) -> None:
    """Have every page of a copy name the published one as the true one. To be called when there are pages."""
    if web is None or web.published is None or not web.url:
        return
    for file in files.documentation_pages():
        if file.page:
            file.page.canonical_url = web.absolute(file.dest_uri.removesuffix(".html"))
