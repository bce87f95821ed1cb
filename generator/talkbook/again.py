"""A second build of a served site: of all that there is, only what an edit of the sources changes."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from html import escape
from pathlib import Path

from mkdocs.commands import build as mkdocs_build
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page as MkDocsPage

from talkbook import alongside, building, searching
from talkbook.building import Build
from talkbook.fast.leaf import Leaf, dress
from talkbook.fast.press import Press, remove
from talkbook.fast.reuse import Kept, Reuse, watched
from talkbook.fast.watch import Watched
from talkbook.fast.writer import Theme, Written, left
from talkbook.indexing import Later
from talkbook.pages.every import Draft
from talkbook.project import Made, Project

_HARMLESS = ("talkbook.plugin", "material.plugins.search.plugin")  # what other plugins do is not known


class Beyond(Exception):
    """The edit changes more than can be brought up to date in place; the message says what."""


def possible(config: MkDocsConfig) -> bool:
    """Whether no other plugin and no hook has a part in the site."""
    return not config.hooks and all(type(each).__module__ in _HARMLESS for each in config.plugins.values())


def around(watched_paths: Iterable[str], project: Project) -> object:
    """What stands for all files that a build depends on and that are no sources.

    watched_paths: what the server watches.
    """
    skipped = {*project.sources}
    found: dict[str, tuple[int, int]] = {}
    waiting = [*map(Path, watched_paths), *project.templates]
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


def build(before: Build, kept: Kept | None, made: Made) -> tuple[Build, Kept]:
    """Bring the pages of a finished build up to date, and remove those that are no more.

    made: of the sources as they are now. Raises Beyond where it takes a whole build; what was
    written until then does no harm to that.
    """
    theme, web = before.theme, made.web
    if not kept or not theme or not before.press.leaves or not isinstance(web, Watched):
        raise Beyond("pages are rendered one by one")
    if made.problems != before.problems or any(not problem.warning for problem in made.problems):
        raise Beyond("there are other problems than before")
    index = searching.index(theme.config, theme.env, web)
    if (index is None) != (before.index is None):
        raise Beyond("search takes another index")
    reuse = Reuse(kept, None, kept.stamp, web)
    drafts = building.drafts(made)
    try:
        written, changed = _by_mkdocs(before, drafts, reuse)
        press = Press(drafts, fast=True)
        press.follow(before.press, theme.config)
        written |= {each.uri: each for each in press.print(theme, web.addresses, before.notice, reuse)}
        press.put_back()
        result = replace(before, web=web, press=press, written=written, index=index)
        for page in changed:
            searching.renew(theme.config, result.found, page.url, partial(_write, page, theme, press))
    except Beyond:
        raise
    except Exception as error:  # of templates, which may do anything: the whole build says it, where it fails too
        raise Beyond(str(error)) from error
    result.draw((each for uri, each in written.items() if each is not before.written.get(uri)), only_known=True)
    by_uri = {each.uri: each for each in drafts.values()}
    return result, Kept(kept.stamp, web, by_uri, written)


def _by_mkdocs(
    before: Build, drafts: Mapping[str, Draft], reuse: Reuse
) -> tuple[dict[str, Written], Sequence[MkDocsPage]]:
    """What is left of our pages in the navigation, and all pages in it that must be written again."""
    written: dict[str, Written] = {}
    changed: list[MkDocsPage] = []
    for page in _inside(before.press):
        draft = drafts.get(page.file.src_uri)
        if draft is None and page.file.src_uri in before.press.drafts:
            raise Beyond(f"{page.file.src_uri} is no more")
        if draft is None:
            if before.hand.again(reuse.web, page):
                page.content = before.notice + (page.content or "")
                changed.append(page)
        elif same := reuse.same(draft):
            written[draft.uri] = same
        else:
            written[draft.uri] = watched(reuse.web, partial(_dressed, page, draft, reuse.web, before.notice))
            changed.append(page)
    return written, changed


def _inside(press: Press) -> list[MkDocsPage]:
    """The pages that MkDocs writes."""
    pages = [file.page for file in press.all if file.page]
    return [page for page in pages if not (isinstance(page, Leaf) and page.bare)]


def _dressed(page: MkDocsPage, draft: Draft, web: Watched, notice: str) -> Written:
    ours = draft.make()
    if page.meta.get("title") != escape(ours.title):
        raise Beyond(f"the navigation calls {draft.uri} by its title")
    dress(page, ours)
    page.content = notice + ours.html
    return left(ours, web.addresses.of(ours.uri))


def _write(page: MkDocsPage, theme: Theme, press: Press) -> None:
    mkdocs_build._build_page(page, theme.config, [], theme.nav, theme.env)
    for file in press.beside.get(page.file.src_uri, ()):
        file.copy_file()


def rest(build: Build, later: Later) -> Iterator[object]:
    """Bring all up to date that is made of the whole book, step by step: nobody who edits waits for that."""
    assert build.others is not None
    assert build.theme is not None
    config = build.theme.config
    searching.put_again(config, build.found, partial(build.find, later))
    yield None
    drafts = build.press.drafts.values()
    build.paths.difference_update(alongside.paths(build.web, drafts))  # where a page is now, it has come back
    yield from _replace(build.others.files(build.web, drafts), build.paths, Path(config.site_dir))
    _sitemap(build.theme, build.press)
    yield None
    build.check()


def _replace(files: Sequence[File], before: set[str], site: Path) -> Iterator[File]:
    """Write these files one by one, and remove those of the paths in `before` that are none of theirs.

    `before` holds the paths of all that are there, whenever this is left.
    """
    for file in files:
        before.add(file.dest_uri)
        file.copy_file()
        yield file
    for path in before - {file.dest_uri for file in files}:
        remove(site / path, site)
        before.discard(path)


def _sitemap(theme: Theme, press: Press) -> None:
    """Have MkDocs write the list of all pages again, where the theme has one."""
    name = "sitemap.xml"
    if name in theme.config.theme.static_templates:
        files = Files([page.file for page in _inside(press)])
        mkdocs_build._build_theme_template(name, theme.env, files, theme.config, theme.nav)
