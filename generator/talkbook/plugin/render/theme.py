"""Material's templates with faults mended that validators and screen readers stumble over.

Each is a few characters in a template that has no block to override, so the template's
source is mended as it is loaded. Where Material mends a fault itself nothing is found
and nothing is changed; a project's own override of a template is mended like Material's.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from jinja2 import BaseLoader, Environment
from mkdocs.config.defaults import MkDocsConfig

from talkbook.sources import content_folder

_WORKER = '"search": "assets/javascripts/workers/search.'

_FAULTS: Mapping[str, Sequence[tuple[str, str]]] = {
    # Checkboxes that have nothing to complete.
    "base.html": (
        ('id="__drawer" autocomplete="off"', 'id="__drawer"'),
        ('id="__search" autocomplete="off"', 'id="__search"'),
        # The script that searches, where the site has an index of its own.
        (_WORKER, f'"search": config.extra.talkbook_search | url if config.extra.talkbook_search else {_WORKER[10:]}'),
    ),
    "partials/search.html": (
        ('data-md-component="search" role="dialog"', 'data-md-component="search" role="dialog" aria-label="Search"'),
        (' autocorrect="off"', ""),
        # Material loads its own index wherever there is a form of this name.
        ('name="search">', 'name="talkbook-search">'),
    ),
    "partials/progress.html": (
        ('role="progressbar"', 'role="progressbar" aria-label="Loading" aria-hidden="true"'),
    ),
    "partials/nav-item.html": (
        ('tabindex="{{ tabindex }}"', '{% if tabindex %}tabindex="{{ tabindex }}"{% endif %}'),
    ),
    # A page that is not in the navigation belongs to the list in whose folder it lies.
    "partials/tabs-item.html": (
        ("{% if ref.active %}", '{% if ref.active or nav_item.url and nav_item.url | url == "../" %}'),
    ),
    # A label for a checkbox that stands only on pages of the navigation.
    "partials/toc.html": (
        ('class="md-nav__title" for="__toc"', 'class="md-nav__title"{% if page in nav.pages %} for="__toc"{% endif %}'),
    ),
}  # fmt: skip

_FONT = {"text": "Roboto", "code": "Roboto Mono"}  # unless somebody asks for others, loaded from another host
_MATERIALS = "This file was automatically generated"  # in the first lines of each of its templates
_INDENT = re.compile(r"[ \t]*\n\s*")


def prepare(config: MkDocsConfig) -> None:
    """Put our templates, style sheets and scripts behind the project's own, and our fonts before Material's."""
    if config.theme.get("font") == _FONT:
        config.theme["font"] = False
    own = str(content_folder.templates() / "overrides")
    if own not in config.theme.dirs:
        config.theme.dirs.insert(1 if config.theme.custom_dir else 0, own)
    listed: Any
    for name, listed in (
        ("assets/talkbook.css", config.extra_css),
        ("assets/cite.js", config.extra_javascript),
        ("assets/talkbook.js", config.extra_javascript),
    ):
        if name not in listed:
            listed.insert(0, name)


class Mended(BaseLoader):
    """Loads what another loader loads, mended."""

    def __init__(self, loader: BaseLoader) -> None:
        self.loader = loader

    def get_source(self, environment: Environment, template: str) -> tuple[str, str | None, Callable[[], bool] | None]:
        """Source, file name and freshness of a template, as Jinja asks for them."""
        source, filename, fresh = self.loader.get_source(environment, template)
        for fault, mend in _FAULTS.get(template, ()):
            source = source.replace(fault, mend)
        if _MATERIALS in source[:80]:  # a quarter of its frame is white space that no reader sees
            source = _INDENT.sub("\n", source).replace("%}\n", "%}")
        return source, filename, fresh

    def list_templates(self) -> list[str]:
        """The names of all templates."""
        return self.loader.list_templates()


def takes_worker(env: Environment) -> bool:
    """Whether the theme can be told of a script that searches, as Material can."""
    return env.loader is not None and "config.extra.talkbook_search" in env.loader.get_source(env, "base.html")[0]
