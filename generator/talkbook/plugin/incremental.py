"""Incremental builds: after an edit, pages of the served site are stale until each is written anew, in any order."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import partial
from html import escape
from pathlib import Path

from mkdocs.commands import build as mkdocs_build
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page as MkDocsPage

from talkbook.pages.routes import PageSpec
from talkbook.plugin import search, site_files
from talkbook.plugin.handwritten import Beyond, Targets
from talkbook.plugin.project import Made, Project
from talkbook.plugin.render import late, refusal, writer
from talkbook.plugin.render.leaf import dress
from talkbook.plugin.render.press import remove
from talkbook.plugin.render.reuse import Kept, watched
from talkbook.plugin.render.watch import Watched
from talkbook.plugin.render.writer import Theme, Written, left
from talkbook.plugin.site_build import Build, anchors
from talkbook.runtime.background import Step
from talkbook.search.writer import Later


def possible(config: MkDocsConfig) -> bool:
    """Whether a site can be updated in place: no plugin but ours and search, and no hook, has a part in it."""
    return not config.hooks and all(type(each).__module__ in refusal.HARMLESS for each in config.plugins.values())


def snapshot(watched_paths: Iterable[str], project: Project) -> Mapping[str, object]:
    """By its path, the time and size of each file that a build depends on, sources and templates of pages left out.

    watched_paths: what the server watches.
    """
    skipped = {*project.sources, *project.templates}
    found: dict[str, tuple[int, int]] = {}
    waiting = [*map(Path, watched_paths)]
    while waiting:
        path = waiting.pop()
        if path in skipped:
            continue
        with suppress(OSError):  # it may go in this moment
            if path.is_dir():
                waiting.extend(path.iterdir())
            else:
                status = path.stat()
                found[str(path)] = (status.st_mtime_ns, status.st_size)
    return found


def changed(before: Mapping[str, object], now: Mapping[str, object]) -> set[str]:
    """The paths for which snapshot() gave another value."""
    return {path for path, _ in before.items() ^ now.items()}


class Standing:
    """The site of a finished build.

    made: what it is made of by now. stale: pages that are to be written, by src_uri. All others are as a build would
    make them, but for what is made of the whole book, which `rest` brings up to date.
    """

    def __init__(self, build: Build, theme: Theme, made: Made, kept: Kept) -> None:
        self.build, self.theme, self.made, self.kept = build, theme, made, kept
        self.stale: dict[str, None] = {}
        self._read: set[str] = set()  # of the pages written by hand, those read again and not yet written
        self._by_hand = [uri for uri in build.press.inside if uri not in build.press.drafts]
        self._sources = {str(Path(build.press.inside[uri].file.abs_src_path or "")): uri for uri in self._by_hand}
        self._inside = {page.file.dest_uri: uri for uri, page in build.press.inside.items()}
        build.press.forget()

    def update(self, made: Made, edited: Collection[str]) -> None:
        """Take up the sources as they are now. Raises Beyond, with no page touched, where that takes a whole build.

        edited: paths of files that are no sources.
        """
        build, config = self.build, self.theme.config
        if search.choose(config, self.theme.env) != bool(build.index):
            raise Beyond("search takes another index")
        assert isinstance(made.context, Watched)
        gone, fresh = _moves(self.made.uris, made.uris)
        for uri in (*gone, *fresh):
            if f"{uri}.md" in build.press.inside or self._linked(uri):
                raise Beyond(f"{uri} has come or gone, and pages that are written by hand lead there")
        if others := [path for path in edited if path not in self._sources or not Path(path).is_file()]:
            raise Beyond(f"{others[0]} has come, gone or changed")
        if edited:
            self._reread(made, [self._sources[path] for path in edited])
        touched = self.kept.touched(made.context)
        for uri in gone:
            for path in site_files.paths(self.made.context, [self.made.draft(uri)]):
                remove(Path(config.site_dir, path), Path(config.site_dir))
            build.press.leaves.pop(f"{uri}.md", None)
            self.stale.pop(f"{uri}.md", None)
        for uri in (*touched, *gone):
            self.kept.drop(uri)
        self.stale |= dict.fromkeys([*(f"{uri}.md" for uri in (*touched, *fresh) if uri not in gone), *self._by_hand])
        self.made = made
        build.context = self.kept.context = made.context

    def _reread(self, made: Made, uris: Sequence[str]) -> None:
        build, press = self.build, self.build.press
        if missing := {f"{uri}.md" for uri in made.uris} - press.inside.keys() - press.leaves.keys():
            raise Beyond(f"{min(missing)} is yet to be written")
        pages = [page.file for page in (*press.inside.values(), *press.leaves.values())]
        targets = Targets([*build.beside, *build.late, *pages])
        for uri in uris:
            page = press.inside[uri]
            build.hand.reread(made.context, page, self.theme.config, targets)
            build.anchors |= anchors([page.file])
            self._read.add(uri)

    def _linked(self, uri: str) -> bool:
        """Whether a page that is written by hand may link to this one, or the navigation holds it."""
        assert self.build.others is not None
        name = f"{uri.rpartition('/')[2]}.md"
        return name in str(self.theme.config.nav) or any(
            name in file.content_string for file in self.build.others.written
        )

    def refresh(self, path: str) -> None:
        """Write the page that is at a path in the site, or that what is there belongs to, if it is stale."""
        name = path.rpartition("/")[2].partition(".")[0]
        uris = [f"{path.removesuffix(end)}.md" for end in ("/index.html", ".html", ".md", ".source.txt")]
        for uri in (self._inside.get(path, ""), *uris, f"quotes/{name}.md"):
            if uri in self.stale:
                self.write(uri)

    def write(self, uri: str) -> None:
        """Write a page that is stale."""
        page = self.build.press.inside.get(uri)
        if uri in self._by_hand and page:
            self._write_by_hand(page)
        else:
            draft = self.made.draft(uri.removesuffix(".md"))
            written = watched(
                self.kept.context, partial(self._by_mkdocs, page, draft) if page else partial(self._leaf, draft)
            )
            self.kept.put(written)
            self.build.draw([written], only_known=True)
        del self.stale[uri]

    def _leaf(self, draft: PageSpec) -> Written:
        press = self.build.press
        assert press.shapes is not None
        page = press.leaf(draft, self.theme.config)
        written = writer.write_one(page, press.shapes, self.made.context.addresses.of)
        page.forget()
        return written

    def _by_mkdocs(self, page: MkDocsPage, draft: PageSpec) -> Written:
        ours = draft.make()
        if page.meta.get("title") != escape(ours.title):
            raise Beyond(f"the navigation calls {draft.uri} by its title")
        dress(page, ours)
        page.content = ours.html
        self._render(page)
        for beside in draft.beside:
            late.file(beside, self.theme.config).copy_file()
        return left(ours, self.made.context.addresses.of(ours.uri))

    def _write_by_hand(self, page: MkDocsPage) -> None:
        if self.build.hand.again(self.made.context, page) or page.file.src_uri in self._read:
            self._read.discard(page.file.src_uri)
            self._render(page)
            self.build.draw([], only_known=True)

    def _render(self, page: MkDocsPage) -> None:
        theme = self.theme
        write = partial(mkdocs_build._build_page, page, theme.config, [], theme.nav, theme.env)
        search.renew(theme.config, self.build.found, page.url, write)

    def rest(self, later: Later) -> Iterator[Step]:
        """Steps that write what is stale, and bring all up to date that is made of the whole book."""
        build, made, config = self.build, self.made, self.theme.config
        assert build.others is not None
        while self.stale:
            yield self._next
        yield partial(self._find, made, later)
        drafts = made.drafts.values()
        back = [*site_files.paths(made.context, drafts)]  # where a page is now, it has come back
        yield partial(build.paths.difference_update, back)
        yield from _replace(build.others.files(made.context, drafts), build.paths, Path(config.site_dir))
        yield self._sitemap
        build.check()

    def _find(self, made: Made, later: Later) -> None:
        build, config = self.build, self.theme.config
        build.index = build.index and search.index(config, made.context)
        search.put_again(config, build.found, partial(build.find, made.uris, later))

    def _next(self) -> None:
        for uri in [*self.stale][:1]:  # somebody may have asked for the last
            self.write(uri)

    def _sitemap(self) -> None:
        """Have MkDocs write the list of all pages again, where the theme has one."""
        theme, name = self.theme, "sitemap.xml"
        self.build.press.order(self.made.uris)
        if name in theme.config.theme.static_templates:
            files = Files([page.file for page in self.build.press.inside.values()])
            mkdocs_build._build_theme_template(name, theme.env, files, theme.config, theme.nav)


def _moves(before: Sequence[str], now: Sequence[str]) -> tuple[list[str], list[str]]:
    """What has gone and what has come."""
    if before == now:
        return [], []
    old, new = dict.fromkeys(before), dict.fromkeys(now)
    return [uri for uri in before if uri not in new], [uri for uri in now if uri not in old]


def _replace(files: Sequence[File], before: set[str], site: Path) -> Iterator[Step]:
    """Steps that write these files one by one, and remove those of the paths in `before` that are none of theirs.

    `before` holds the paths of all that are there, whenever this is left.
    """

    def write(file: File, data: bytes) -> None:
        before.add(file.dest_uri)
        writer.put(file, data)

    def remove_others() -> None:
        for path in before.difference(file.dest_uri for file in files):
            remove(site / path, site)
            before.discard(path)

    for file in files:
        yield partial(write, file, file.content_bytes)  # which is made between two steps: nobody waits for it
    yield remove_others
