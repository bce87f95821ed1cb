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

SHIM = "assets/iframe-worker/shim.js"


def prepare(config: MkDocsConfig) -> None:
    """Change the configuration of a build with the offline plugin, and no other. To be called after all on_config."""
    if not active(config):
        return
    config.extra["polyfills"] = scripts(config.extra.get("polyfills", []))
    config.theme["features"] = features(config.theme.get("features", []))
    # Nobody asks a disk for them, and their links are those of the published site.
    config.theme.static_templates -= {"404.html", "sitemap.xml"}


def active(config: MkDocsConfig) -> bool:
    """Whether this build makes such a copy."""
    plugin: Any = config.plugins.get("material/offline")
    return plugin is not None and bool(plugin.config.enabled)


def scripts(polyfills: Sequence[Any]) -> list[Any]:
    """Material's scripts that come before its own, with our copy of iframe-worker in place of another host's.

    A page from file:// can't start a worker, and search wants one; this script has a frame stand in for it.
    """
    return [SHIM if "iframe-worker" in str(script) else script for script in polyfills]


def features(listed: Sequence[str]) -> list[str]:
    """The theme's features without those that fetch pages, which a page from file:// can't."""
    return [feature for feature in listed if not feature.startswith("navigation.instant")]


def published(config: MkDocsConfig) -> Addresses:
    """How addresses end where the site is published: as the project has it, before the offline plugin changed it."""
    given = [each["use_directory_urls"] for each in config.user_configs if "use_directory_urls" in each]
    return Addresses(bool(given[-1]) if given else True)


def name(files: Files, web: Site) -> None:
    """Have every page name the published one as the true one. To be called when there are pages."""
    for file in files.documentation_pages():
        if file.page and web.url:
            file.page.canonical_url = web.absolute(file.dest_uri.removesuffix(".html"))
