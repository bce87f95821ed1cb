"""A second build of a served site: of all that there is, only what an edit of the sources changes."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from html import escape
from pathlib import Path

from mkdocs.commands import build as mkdocs_build
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page as MkDocsPage

from talkbook.fast.leaf import Leaf, dress
from talkbook.fast.press import Press, remove
from talkbook.fast.reuse import Kept, Reuse, watched
from talkbook.fast.watch import Watched
from talkbook.fast.writer import Theme, Written, left
from talkbook.pages.every import Draft

_HARMLESS = ("talkbook.plugin", "material.plugins.search.plugin")  # what other plugins do is not known


@dataclass(frozen=True)
class Standing:
    """A finished build of a site that is being served. notice: what stands at the head of its pages."""

    theme: Theme
    press: Press
    kept: Kept
    notice: str


@dataclass(frozen=True)
class Renewed:
    """The same site after an edit. pages: of those that MkDocs writes, the ones to be written again."""

    press: Press
    kept: Kept
    pages: Sequence[MkDocsPage]


class Beyond(Exception):
    """The edit changes more than can be brought up to date in place."""


def possible(config: MkDocsConfig) -> bool:
    """Whether no other plugin and no hook has a part in the site."""
    return not config.hooks and all(type(each).__module__ in _HARMLESS for each in config.plugins.values())


def around(watched_paths: Iterable[str | Path], sources: Iterable[Path]) -> object:
    """What stands for all files that a build depends on and that are no sources.

    watched_paths: what the server watches. sources: files and folders that are read as sources.
    """
    skipped = {*sources}
    found: dict[str, tuple[int, int]] = {}
    waiting = [Path(name) for name in watched_paths]
    while waiting:
        path = waiting.pop()
        if path in skipped:
            continue
        if path.is_dir():
            waiting.extend(path.iterdir())
        elif path.exists():
            status = path.stat()
            found[str(path)] = (status.st_mtime_ns, status.st_size)
    return found


def build(standing: Standing, web: Watched, drafts: Mapping[str, Draft], hand: Callable[[MkDocsPage], bool]) -> Renewed:
    """Write the pages outside the navigation that have changed, and remove those that are no more.

    drafts: by src_uri. hand: dresses a page that is written by hand anew and says whether it has changed.
    Raises Beyond before anything is written.
    """
    theme, old = standing.theme, standing.press
    before = Reuse(standing.kept, None, standing.kept.stamp, web)
    made = Press(drafts, fast=True)
    written: dict[str, Written] = {}
    changed: list[MkDocsPage] = []
    for page in _by_mkdocs(old.all):
        draft = drafts.get(page.file.src_uri)
        if draft is None and page.file.src_uri in old.drafts:
            raise Beyond
        if draft is None:
            if hand(page):
                page.content = standing.notice + (page.content or "")
                changed.append(page)
        elif same := before.same(draft):
            written[draft.uri] = same
        else:
            written[draft.uri] = watched(web, partial(_dressed, page, draft, web, standing.notice))
            changed.append(page)
    made.follow(old, theme.config)
    written |= {each.uri: each for each in made.print(theme, web.addresses, standing.notice, before)}
    made.put_back()
    by_uri = {each.uri: each for each in drafts.values()}
    return Renewed(made, Kept(standing.kept.stamp, web, by_uri, written), changed)


def _by_mkdocs(files: Iterable[File]) -> list[MkDocsPage]:
    pages = [file.page for file in files if file.page]
    return [page for page in pages if not (isinstance(page, Leaf) and page.bare)]


def _dressed(page: MkDocsPage, draft: Draft, web: Watched, notice: str) -> Written:
    ours = draft.make()
    if page.meta.get("title") != escape(ours.title):
        raise Beyond  # the navigation has it too
    dress(page, ours)
    page.content = notice + ours.html
    return left(ours, web.addresses.of(ours.uri))


def write(page: MkDocsPage, theme: Theme, press: Press) -> None:
    """Have MkDocs write a page again, and write what stands beside it."""
    mkdocs_build._build_page(page, theme.config, [], theme.nav, theme.env)
    for file in press.beside.get(page.file.src_uri, ()):
        file.copy_file()


def replace(files: Sequence[File], before: set[str], config: MkDocsConfig) -> Iterator[File]:
    """Write these files one by one, and remove those of the paths in `before` that are none of theirs.

    `before` holds the paths of all that are there, whenever this is left.
    """
    for file in files:
        before.add(file.dest_uri)
        file.copy_file()
        yield file
    site = Path(config.site_dir)
    for path in before - {file.dest_uri for file in files}:
        remove(site / path, site)
        before.discard(path)


def sitemap(theme: Theme, press: Press) -> None:
    """Have MkDocs write the list of all pages again, where the theme has one."""
    name = "sitemap.xml"
    files = Files([page.file for page in _by_mkdocs(press.all)])
    if name in theme.config.theme.static_templates:
        mkdocs_build._build_theme_template(name, theme.env, files, theme.config, theme.nav)
