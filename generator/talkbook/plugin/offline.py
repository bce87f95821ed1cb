"""What a copy of the site for file:// needs changed: it may ask no other host, and has no server of its own to ask.

Material's offline plugin, where a project lists it, has addresses end in .html.
"""

from collections.abc import Sequence
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files

from talkbook.pages.page import Addresses

_UNASKED = {"404.html", "sitemap.xml"}  # nobody asks a disk for them, and links in them are none within the copy
_SHIM = "iframe-worker"  # in the address of a script from another host, for a worker that we do without


def prepare(config: MkDocsConfig) -> Addresses | None:
    """Change the configuration of a build with the offline plugin, and no other; to be called before that plugin.

    Returns how the addresses end of which this is a copy; None where it is none.
    """
    plugin: Any = config.plugins.get("material/offline")
    if plugin is None or not plugin.config.enabled:
        return None
    config.theme["features"] = features(config.theme.get("features", []))
    config.theme.static_templates -= _UNASKED
    return Addresses(config.use_directory_urls)


def clear(config: MkDocsConfig, files: Files) -> None:
    """Take out what a copy must not have, when its plugin is done with the configuration.

    Templates that are not rendered for it, which MkDocs would copy as they are, and a script of another host.
    """
    config.extra["polyfills"] = [each for each in config.extra.get("polyfills", []) if _SHIM not in str(each)]
    for file in [file for file in files if file.src_uri in _UNASKED]:
        files.remove(file)


def features(listed: Sequence[str]) -> list[str]:
    """The theme's features without those that fetch pages, which a page from file:// can't."""
    return [feature for feature in listed if not feature.startswith("navigation.instant")]
