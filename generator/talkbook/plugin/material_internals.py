"""What Talkbook uses of Material that Material promises to nobody: all of it is here, and nowhere else.

PATCHES mend templates, a few characters each, where there is no block to override. A test says which of them no longer
fits, and what is gone then.
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
    """A change of a template's source. gone: what is missing without it."""

    fault: str
    mended: str
    gone: str


def _once(include: str) -> Patch:
    """Has a part of the theme made once for all pages where it is the same."""
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
FRAGMENTS = "talkbook_fragments"  # in the context of a page, if it shares them with others
FONT = {"text": "Roboto", "code": "Roboto Mono"}  # unless somebody asks for others, loaded from another host
MATERIALS = "This file was automatically generated"  # in the first lines of each of its templates
_SIGN = "\ue000"  # of no language
_TITLE = f"{_SIGN}&amp;<>%{' a' * 200}{_SIGN}"  # nothing that changes or cuts a text leaves it as it is
_INDENT = re.compile(r"[ \t]*\n\s*")
_SEARCH = re.compile(r"\s?data-search-\w+=\"[^\"]+\"")  # what Material's search takes out of a page


class PatchedTemplates(BaseLoader):
    """Loads what another loader loads, with the patches; a project's own override of a template has them too."""

    def __init__(self, loader: BaseLoader) -> None:
        self.loader = loader

    def get_source(self, environment: Environment, template: str) -> tuple[str, str | None, Callable[[], bool] | None]:
        """Source, file name and freshness of a template, as Jinja asks for them."""
        source, filename, fresh = self.loader.get_source(environment, template)
        for patch in PATCHES.get(template, ()):
            source = source.replace(patch.fault, patch.mended)
        if MATERIALS in source[:80]:  # a quarter of its frame is white space that no reader sees
            source = _INDENT.sub("\n", source).replace("%}\n", "%}")
        return source, filename, fresh

    def list_templates(self) -> list[str]:
        """The names of all templates."""
        return self.loader.list_templates()


def prepare(env: Environment, config: MkDocsConfig) -> None:
    """Have the theme's templates loaded with the patches, and with what these need."""
    assert env.loader is not None
    env.loader = PatchedTemplates(env.loader)
    env.auto_reload = False  # each build has an environment of its own
    folders = [Path(folder, "partials") for folder in config.theme.dirs]
    own = sum(folder.is_dir() for folder in folders) > 1  # in a project's own parts of pages all may depend on the page
    env.globals["talkbook_language"] = _labels if own else _language
    env.globals["talkbook_fragment"] = _anew if own else _fragment
    env.globals["talkbook_titled"] = _anew if own else _titled


@pass_context
def _fragment(context: Context, name: str, caller: Macro) -> str:
    """What is between the tags of a call of this, made once for all pages that share FRAGMENTS."""
    made: dict[str, str] | None = context.get(FRAGMENTS)
    if made is None:
        return str(caller())
    if name not in made:
        made[name] = str(caller())
    return made[name]


@pass_context
def _titled(context: Context, name: str, caller: Macro) -> str:
    """The same of what varies by the page's title alone, and has it as it is."""
    page = context["page"]
    title = page.meta["title"] if FRAGMENTS in context else ""
    if not title:
        return str(caller())
    try:
        page.meta["title"] = _TITLE
        made = _fragment(context, name, caller)
    finally:
        page.meta["title"] = title
    # A theme that shows it in another way, such as escaped once more, has parts of the mark left.
    return str(caller()) if _SIGN in made.replace(_TITLE, "") else made.replace(_TITLE, title)


def _anew(_name: str, caller: Macro) -> str:
    return str(caller())


class _Language(NamedTuple):
    """The theme's labels: what t() gives for the name of one. Each is looked up once."""

    t: Callable[[str], str]


@pass_context
def _labels(context: Context) -> _Language:
    template = context.environment.get_template("partials/language.html")
    t = template.make_module(context.get_all()).t  # type: ignore[attr-defined]
    return _Language(cache(lambda name: str(t(name))))


@pass_context
def _language(context: Context) -> _Language:
    """The labels, those of one page for all that share FRAGMENTS."""
    made: dict[str, Any] = context.get(FRAGMENTS, {})
    if "language" not in made:
        made["language"] = _labels(context)
    return made["language"]  # type: ignore[no-any-return]


def takes_worker(env: Environment) -> bool:
    """Whether the theme can be told of a script that searches, as Material can."""
    return env.loader is not None and "config.extra.talkbook_search" in env.loader.get_source(env, "base.html")[0]


def without_search(html: str) -> str:
    """The HTML of a page without the attributes that are there for Material's search alone."""
    return _SEARCH.sub("", html) if "data-search-" in html else html


def entries(config: MkDocsConfig) -> list[dict[str, Any]] | None:
    """What Material will put into its search index, None where its search is off. The list may be changed."""
    return getattr(getattr(_search(config), "search_index", None), "entries", None)


def entries_of(config: MkDocsConfig, pages: Sequence[Page]) -> list[dict[str, Any]]:
    """What Material puts into its search index of these pages, whose content still has its attributes for search."""
    plugin = _search(config)
    index = type(plugin.search_index)(**plugin.config)
    for page in pages:
        index.add_entry_from_context(page)
    return list(index.entries)


def search_index(config: MkDocsConfig, listed: Sequence[dict[str, Any]]) -> str:
    """The text of Material's search index with these entries."""
    plugin = _search(config)
    index = type(plugin.search_index)(**plugin.config)
    index.entries = [*listed]
    return str(index.generate_search_index(None))


def _search(config: MkDocsConfig) -> Any:
    return config.plugins.get("material/search") or config.plugins.get("search")
