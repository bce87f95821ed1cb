"""Everything that Talkbook uses of Material beyond its public API.

PATCHES change a few characters of templates where there is no block to override. A test reports patches that no longer
fit, and what is lost without them.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from jinja2 import BaseLoader, Environment, pass_context
from jinja2.runtime import Context, Macro
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.pages import Page

_WORKER = '"search": "assets/javascripts/workers/search.'


class Patch(NamedTuple):
    """A change of a template's source: `fault` is replaced by `mended`. gone: what is lost without it."""

    fault: str
    mended: str
    gone: str


def _once(include: str) -> Patch:
    """Return a patch that renders an include once for all pages on which it is the same."""
    mended = f"{{% call talkbook_fragment('{include}') %}}{include}{{% endcall %}}"
    return Patch(
        include, mended, "Each page makes a part again that is the same on all pages, so a build takes longer."
    )


PATCHES: Mapping[str, Sequence[Patch]] = {
    "base.html": (
        Patch(
            '{% import "partials/language.html" as lang with context %}',
            "{% set lang = talkbook_language() %}",
            "Each page looks up some labels of the theme again, so a build takes longer.",
        ),
        Patch(
            'id="__drawer" autocomplete="off"',
            'id="__drawer"',
            "A checkbox has an autocomplete, which validators refuse.",
        ),
        Patch(
            'id="__search" autocomplete="off"',
            'id="__search"',
            "A checkbox has an autocomplete, which validators refuse.",
        ),
        Patch(
            _WORKER,
            f'"search": config.extra.talkbook_search | url if config.extra.talkbook_search else {_WORKER[10:]}',
            "Sites are searched in Material's index, which every reader has to load whole.",
        ),
        _once('{% include "partials/javascripts/base.html" %}'),
        _once('{% include "partials/integrations/analytics.html" %}'),
        _once('{% include "partials/nav.html" %}'),
        _once('{% include "partials/tabs.html" %}'),
        _once('{% include "partials/javascripts/content.html" %}'),
    ),
    "partials/content.html": (_once('{% include "partials/source-file.html" %}'),),
    "partials/search.html": (
        Patch(
            'data-md-component="search" role="dialog"',
            'data-md-component="search" role="dialog" aria-label="Search"',
            "The search dialog has no name for screen readers.",
        ),
        Patch(' autocorrect="off"', "", "The search field has an attribute that validators refuse."),
        Patch(
            'name="search">',
            'name="talkbook-search">',
            "Material loads its own search index too, as it does wherever there is a form of this name.",
        ),
    ),
    "partials/progress.html": (
        Patch(
            'role="progressbar"',
            'role="progressbar" aria-label="Loading" aria-hidden="true"',
            "The bar of progress has no name for screen readers.",
        ),
    ),
    "partials/nav-item.html": (
        Patch(
            'tabindex="{{ tabindex }}"',
            '{% if tabindex %}tabindex="{{ tabindex }}"{% endif %}',
            "Labels of the navigation have an empty tabindex, which validators refuse.",
        ),
    ),
    "partials/tabs-item.html": (
        Patch(
            "{% if ref.active %}",
            '{% if ref.active or nav_item.url and nav_item.url | url == "../" %}',
            "No tab is lit on a page outside the navigation, where that of the list in its folder should be.",
        ),
    ),
    "partials/toc.html": (
        Patch(
            'class="md-nav__title" for="__toc"',
            'class="md-nav__title"{% if page in nav.pages %} for="__toc"{% endif %}',
            "A page that is not in the navigation has a label for a checkbox that it does not have.",
        ),
    ),
}
FRAGMENTS = "talkbook_fragments"  # name in the context of pages that share what is rendered once
FONT = {"text": "Roboto", "code": "Roboto Mono"}  # Material's default, which it loads from another host
MATERIALS = "This file was automatically generated"  # at the start of each of its templates
_SIGN = "\ue000"  # a private-use character
_TITLE = f"{_SIGN}&amp;<>%{' a' * 200}{_SIGN}"  # a stand-in that escaping or cutting would change
_INDENT = re.compile(r"[ \t]*\n\s*")
_SEARCH = re.compile(r"\s?data-search-\w+=\"[^\"]+\"")  # attributes that Material's search removes from a page


class PatchedTemplates(BaseLoader):
    """A loader that applies PATCHES to the templates of another one, including a project's own overrides."""

    def __init__(self, loader: BaseLoader) -> None:
        self.loader = loader

    def get_source(self, environment: Environment, template: str) -> tuple[str, str | None, Callable[[], bool] | None]:
        """Return a template's source, its file name, and a function that checks whether it is up to date."""
        source, filename, fresh = self.loader.get_source(environment, template)
        for patch in PATCHES.get(template, ()):
            source = source.replace(patch.fault, patch.mended)
        if MATERIALS in source[:80]:  # a quarter of its HTML is indentation
            source = _INDENT.sub("\n", source).replace("%}\n", "%}")
        return source, filename, fresh

    def list_templates(self) -> list[str]:
        """Return the names of all templates."""
        return self.loader.list_templates()


def prepare(env: Environment, config: MkDocsConfig) -> None:
    """Make the environment load the theme's templates with the patches, and define the functions that they call."""
    assert env.loader is not None
    env.loader = PatchedTemplates(env.loader)
    env.auto_reload = False  # each build has its own environment
    folders = [Path(folder, "partials") for folder in config.theme.dirs]
    own = sum(folder.is_dir() for folder in folders) > 1  # a project's partials may depend on the page in any way
    env.globals["talkbook_language"] = _labels if own else _language
    env.globals["talkbook_fragment"] = _render_each_time if own else _fragment
    env.globals["talkbook_titled"] = _render_each_time if own else _fragment_with_title


@pass_context
def _fragment(context: Context, name: str, caller: Macro) -> str:
    """Return the content of a `call` block, rendered once for all pages that share FRAGMENTS."""
    made: dict[str, str] | None = context.get(FRAGMENTS)
    if made is None:
        return str(caller())
    if name not in made:
        made[name] = str(caller())
    return made[name]


@pass_context
def _fragment_with_title(context: Context, name: str, caller: Macro) -> str:
    """Do the same for content that differs between pages only in their title, which it contains unchanged."""
    page = context["page"]
    title = page.meta["title"] if FRAGMENTS in context else ""
    if not title:
        return str(caller())
    try:
        page.meta["title"] = _TITLE
        made = _fragment(context, name, caller)
    finally:
        page.meta["title"] = title
    # If the theme changes the title, for instance by escaping it again, a part of the stand-in is left.
    return str(caller()) if _SIGN in made.replace(_TITLE, "") else made.replace(_TITLE, title)


def _render_each_time(_name: str, caller: Macro) -> str:
    return str(caller())


class _Language(NamedTuple):
    """The theme's labels. t: returns the label with a name; each is looked up once."""

    t: Callable[[str], str]


@pass_context
def _labels(context: Context) -> _Language:
    template = context.environment.get_template("partials/language.html")
    t = template.make_module(context.get_all()).t  # type: ignore[attr-defined]
    return _Language(cache(lambda name: str(t(name))))


@pass_context
def _language(context: Context) -> _Language:
    """Return the labels, looked up once for all pages that share FRAGMENTS."""
    made: dict[str, Any] = context.get(FRAGMENTS, {})
    if "language" not in made:
        made["language"] = _labels(context)
    return made["language"]  # type: ignore[no-any-return]


def takes_worker(env: Environment) -> bool:
    """Return whether the theme accepts another search script, as Material does with PATCHES."""
    return env.loader is not None and "config.extra.talkbook_search" in env.loader.get_source(env, "base.html")[0]


def without_search(html: str) -> str:
    """Return the page's HTML without the attributes that only Material's search uses."""
    return _SEARCH.sub("", html) if "data-search-" in html else html


def entries(config: MkDocsConfig) -> list[dict[str, Any]] | None:
    """Return the entries from which Material will make its search index; None if its search is off.

    Changing the list changes the index.
    """
    return getattr(getattr(_search(config), "search_index", None), "entries", None)


def entries_of(config: MkDocsConfig, pages: Sequence[Page]) -> list[dict[str, Any]]:
    """Return the entries that Material's search index has for these pages.

    pages: with their content, which must still have the attributes for search.
    """
    plugin = _search(config)
    index = type(plugin.search_index)(**plugin.config)
    for page in pages:
        index.add_entry_from_context(page)
    return list(index.entries)


def search_index(config: MkDocsConfig, listed: Sequence[dict[str, Any]]) -> str:
    """Return Material's search index with these entries, as JSON."""
    plugin = _search(config)
    index = type(plugin.search_index)(**plugin.config)
    index.entries = [*listed]
    return str(index.generate_search_index(None))


def _search(config: MkDocsConfig) -> Any:
    return config.plugins.get("material/search") or config.plugins.get("search")
