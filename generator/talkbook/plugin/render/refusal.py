"""Why pages can't be written the fast way: something wants to see or change every single page."""

from collections.abc import Iterator
from pathlib import Path

import jinja2
from jinja2 import nodes
from mkdocs.config.defaults import MkDocsConfig

from talkbook.plugin.render import theme
from talkbook.sources import content_folder

_EVENTS = ("pre_page", "page_read_source", "page_markdown", "page_content", "page_context", "post_page")
# The modules of plugins that need not see every page. Of Material's search it is known what it does to a page that is
# excluded: it takes some attributes out.
HARMLESS = ("talkbook.plugin.plugin", "material.plugins.search.plugin")
_CAPTURES = (nodes.Filter, nodes.FilterBlock, nodes.AssignBlock, nodes.CallBlock)
# Attributes by which a template can tell pages apart unseen.
_TELLING = {"url", "file", "abs_url", "parent", "ancestors"}


def reason(config: MkDocsConfig, env: jinja2.Environment) -> str:
    """One clause that says who stands in the way of the fast way, "" if nobody does."""
    for event in _EVENTS:
        for method in config.plugins.events[event]:
            module = getattr(method, "__module__", "")
            if module not in HARMLESS:
                return f"{module or 'a hook'} handles on_{event}"
    loader = env.loader.loader if isinstance(env.loader, theme.Mended) else env.loader
    if getattr(loader, "searchpath", None) != config.theme.dirs:
        return "a plugin replaced the loader of the theme's templates"
    return next((f"{path} {what}" for path, what in _telling(config, env)), "")


def unknown(config: MkDocsConfig) -> list[Path]:
    """The folders of the theme's templates that are no part of Material or MkDocs."""
    return [folder for folder in map(Path, config.theme.dirs) if folder.parent.name not in ("material", "mkdocs")]


def _telling(config: MkDocsConfig, env: jinja2.Environment) -> Iterator[tuple[str, str]]:
    for folder in unknown(config):
        if folder == content_folder.templates() / "overrides":
            continue  # ours are known, and proven page by page
        for path in sorted(folder.rglob("*.html")):
            try:
                tree = env.parse(path.read_text("utf-8-sig"))
            except jinja2.TemplateSyntaxError:
                continue  # MkDocs says it better, if it is used
            for what in _uses(tree):
                yield path.relative_to(folder).as_posix(), what


def _uses(tree: nodes.Node, above: nodes.Node | None = None) -> Iterator[str]:
    if isinstance(tree, _CAPTURES) and any(_whole(each) for each in _within(tree)):
        yield "changes parts of pages after they are rendered"
    if isinstance(tree, nodes.Name) and tree.name == "pages":
        yield "lists the pages"
    if isinstance(tree, nodes.Name) and tree.name == "page":
        if isinstance(above, nodes.Getattr):
            attribute = above.attr
        elif isinstance(above, nodes.Getitem) and isinstance(above.arg, nodes.Const):
            attribute = str(above.arg.value)
        else:
            attribute = "" if isinstance(above, nodes.Compare | nodes.Operand | nodes.If | nodes.And) else "page"
        if attribute in {*_TELLING, "page"}:
            yield f"looks at page.{attribute}" if attribute != "page" else "hands the page on"
    for child in tree.iter_child_nodes():
        yield from _uses(child, tree)


def _within(tree: nodes.Node) -> Iterator[nodes.Node]:
    for child in tree.iter_child_nodes():
        yield child
        yield from _within(child)


def _whole(node: nodes.Node) -> bool:
    """Whether what it gives may hold whole parts of a page, values of the page in them."""
    return isinstance(node, nodes.Include) or (isinstance(node, nodes.Name) and node.name in ("super", "self"))
