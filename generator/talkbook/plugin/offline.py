"""Changes for offline copies of the site, which are opened from a disk and can't load anything from a server.

A build makes an offline copy if the project lists Material's offline plugin, which makes addresses end in .html.
"""

from collections.abc import Sequence
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files

from talkbook.pages.page import Addresses

_UNASKED = {"404.html", "sitemap.xml"}  # of no use on a disk, and their links leave the copy
_SHIM = "iframe-worker"  # in the address of a script from another host; the worker that needs it isn't used


def prepare(config: MkDocsConfig) -> Addresses | None:
    """If this build makes an offline copy, change its configuration. Must be called before the offline plugin.

    Return the addresses of the published site, or None if this build makes no copy.
    """
    plugin: Any = config.plugins.get("material/offline")
    if plugin is None or not plugin.config.enabled:
        return None
    config.theme["features"] = features(config.theme.get("features", []))
    config.theme.static_templates -= _UNASKED
    return Addresses(config.use_directory_urls)


def clear(config: MkDocsConfig, files: Files) -> None:
    """Remove what a copy must not contain. Must be called after the offline plugin has changed the configuration.

    These are templates that aren't rendered, which MkDocs would copy as they are, and a script from another host.
    """
    config.extra["polyfills"] = [each for each in config.extra.get("polyfills", []) if _SHIM not in str(each)]
    for file in [file for file in files if file.src_uri in _UNASKED]:
        files.remove(file)


def features(listed: Sequence[str]) -> list[str]:
    """Return the theme's features without those that fetch pages, which a page from file:// can't do."""
    return [feature for feature in listed if not feature.startswith("navigation.instant")]
