"""The face to MkDocs: hands it pages and files, and says what is wrong."""

import gc
import logging
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from jinja2 import TemplateError
from mkdocs.config import config_options
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as MkDocsPage

from talkbook import again, alongside, exports, files, offline, project, searching, serving, theme
from talkbook.fast import events, reuse
from talkbook.fast.leaf import Leaf, dress
from talkbook.fast.press import Press
from talkbook.fast.reuse import Kept, Reuse, watched
from talkbook.fast.watch import Watched
from talkbook.fast.writer import Theme, Written, left
from talkbook.hand import Hand
from talkbook.pages import check
from talkbook.pages.every import Draft
from talkbook.pages.page import Addresses
from talkbook.pages.site import Site
from talkbook.problems import Problem
from talkbook.project import Editing, Made, Project
from talkbook.search.blocks import Listing

log = logging.getLogger("mkdocs.plugins.talkbook")


class Settings(Config):  # type: ignore[no-untyped-call]
    """The plugin's options in mkdocs.yml."""

    content = config_options.Type(str, default="content")
    fast = config_options.Type(bool, default=True)
    cards = config_options.Type(bool, default=True)


class TalkbookPlugin(BasePlugin[Settings]):  # type: ignore[no-untyped-call]
    """Turns the content folder into pages."""

    def __init__(self) -> None:
        self.serving = False
        self.guarded = False  # whether a failing build is caught, as it is once the server runs
        self.published: Addresses | None = None  # where this is a copy, those of what it is a copy of
        self.editing = Editing()
        self.good: Made | None = None  # as of the last build without a problem
        self.web: Site | None = None
        self.problems: tuple[Problem, ...] = ()
        self.hand = Hand()
        self.press = Press({}, fast=False)
        self.others: alongside.Others | None = None
        self.paths: set[str] = set()  # of the others
        self.written: dict[str, Written] = {}  # by uri, what is left of the pages of this build
        self.nav: Navigation | None = None
        self.theme: Theme | None = None
        self.reuse: Reuse | None = None
        self.kept: Kept | None = None  # the last finished build, while serving
        self.anchors: dict[str, set[str]] = {}  # by address, of what is no page of ours
        self.sharded = False  # whether the site has a search index of our own
        self.found: list[dict[str, Any]] = []  # by Material's search, on pages of others
        self.later = searching.Later()
        self.after = serving.After()
        self.standing = False  # whether the last build was finished
        self.around: object = None  # what stands for all that is watched and no source
        self.watching: Callable[[], object] = lambda: None

    def on_startup(self, *, command: str, dirty: bool) -> None:
        """Being here, it keeps this object alive from build to build of `mkdocs serve`."""
        self.serving = command == "serve"

    @event_priority(100)  # before the offline plugin changes it
    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Put what is ours behind the project's own."""
        self.standing = False
        self.published = offline.prepare(config)
        theme.prepare(config)
        if not config.repo_url and "://" not in (config.edit_uri or ""):
            config.edit_uri = ""  # an address to edit at needs a repository before it
        return config

    def _project(self, config: MkDocsConfig) -> Project:
        content = Project(config, Path()).folder / self.config.content
        return Project(config, content, self.config.cards, self.published)

    def on_files(self, site_files: Files, /, *, config: MkDocsConfig) -> Files:
        """Build the book and put its pages and data among MkDocs' files."""
        by_hand = [*site_files.documentation_pages()]
        web = self._build(config, "index.md" not in site_files.src_uris)
        for file in self.press.files(config):
            site_files.append(file)
        for name, path in files.assets():
            site_files.append(File.generated(config, f"assets/{name}", abs_src_path=str(path)))
        self.others = alongside.Others(config, by_hand, frozenset(file.dest_uri for file in site_files))
        others = self.others.files(web, self.press.drafts.values())
        for file in others:
            site_files.append(file)
        self.paths = {file.dest_uri for file in others}
        return site_files

    def _build(self, config: MkDocsConfig, home: bool) -> Site:
        self.later.stop()
        build = self.editing.build if self.serving else project.build
        made = build(self._project(config), home=home)
        self.problems = made.problems
        if self.serving and any(not problem.warning for problem in made.problems) and self.good:
            made = self.good
        elif not made.problems:
            self.good = made
        self.web, self.written, self.hand = made.web, {}, Hand()
        self.press = Press(_drafts(made), self.config.fast)
        received = {each.path for each in made.web.book.transcripts}
        for problem in self.problems:
            # A doubt about a file as it was received is worth a look, and nothing that its curator has to mend.
            (log.info if problem.warning and problem.path in received else log.warning)(str(problem))
        return made.web

    def on_nav(self, nav: Navigation, /, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Give the pages that stand outside the navigation a kind of page that MkDocs has no work with."""
        self.nav = nav
        self.press.lay_out(config, nav, files)
        offline.name(files, self.web)
        return nav

    def on_page_content(self, html: str, /, *, page: MkDocsPage, config: MkDocsConfig, files: Files) -> str:
        """Give our pages their HTML and contents list, and hand-written ones what is added to them."""
        assert self.web is not None
        draft = self.press.drafts.get(page.file.src_uri)
        if isinstance(page, Leaf) and page.bare:
            return ""  # it is made when it is written
        made = self._dress(page, draft, self.web) if draft else self.hand.dress(self.web, page, html)
        return self._notice() + made

    def _dress(self, page: MkDocsPage, draft: Draft, web: Site) -> str:
        def make() -> Written:
            ours = draft.make()
            dress(page, ours)
            return left(ours, web.addresses.of(ours.uri))

        self.written[draft.uri] = watched(web, make) if isinstance(web, Watched) else make()
        return page.content or ""

    def _notice(self) -> str:
        return serving.notice(self.problems) if self.serving and self.problems else ""

    @event_priority(-100)  # when the other plugins are done with the environment
    def on_env(self, env: Any, /, *, config: MkDocsConfig, files: Files) -> Any:
        """Write our pages with the theme's faults mended, and check every link of them."""
        assert self.web is not None
        assert self.nav is not None
        env.loader = theme.Mended(env.loader)
        self.sharded = searching.choose(config, env, self.web.characters)
        self.theme = Theme(self.nav, env, config, files.documentation_pages())
        self.reuse = None
        if isinstance(self.web, Watched):
            templates = [*self._project(config).templates]
            stamp = reuse.stamp(config, self.nav, env, templates, self._notice())
            self.reuse = Reuse(self.kept, serving.aside(Path(config.site_dir)), stamp, self.web)
        written = self.press.print(self.theme, self.web.addresses, self._notice(), self.reuse)
        self.written |= {each.uri: each for each in written}
        self.anchors = dict(_anchors(files))
        self._check()
        return env

    def _check(self) -> None:
        for problem in check.between((each.facts for each in self.written.values()), self.anchors):
            log.warning(str(problem))

    def on_template_context(self, context: Any, /, *, template_name: str, config: MkDocsConfig) -> Any:
        """Let the sitemap know of the pages that are written already."""
        context["pages"] = self.press.all
        return context

    def on_page_context(self, context: Any, /, *, page: MkDocsPage, config: MkDocsConfig, nav: Navigation) -> Any:
        """Let every page know of them."""
        context["pages"] = self.press.all
        return context

    @event_priority(100)  # before the search plugin writes its index
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Put our results into the search index, and the cards into the site."""
        self.press.put_back()
        if self.reuse:
            drafts = {each.uri: each for each in self.press.drafts.values()}
            self.kept = Kept(self.reuse.stamp, self.reuse.web, drafts, self.written)
        self._draw(config, self.written.values())
        self.found = searching.by_hand(config)
        searching.put(config, self._listings(), self.sharded, self.later if self.serving else None)
        self.standing = again.possible(config)

    def _listings(self) -> list[Listing]:
        assert self.web is not None
        written = [self.written[draft.uri] for draft in self.press.drafts.values()]
        of = self.web.addresses.of
        return [searching.listing(each.entries, of(each.uri)) for each in written if each.entries]

    def _draw(self, config: MkDocsConfig, written: Iterable[Written]) -> None:
        cards = {each.uri: each.card for each in written if each.card}
        if self.hand.home:
            cards["index"] = self.hand.home
        cache = self._project(config).folder / ".cache" / "talkbook" / "cards"
        alongside.draw(cards, cache, Path(config.site_dir), only_known=self.serving)

    def on_serve(
        self, server: LiveReloadServer, /, *, config: MkDocsConfig, builder: Callable[..., None]
    ) -> LiveReloadServer:
        """Watch the sources, and let no mistake in them stop the server."""
        here = self._project(config)
        for folder in (here.content, here.folder / "templates", files.templates()):
            if folder.is_dir():
                server.watch(str(folder))
        if self.config.fast:
            events.listen(server)
        whole = serving.guard(server.builder, Path(server.root))
        self.watching = lambda: again.around([*serving.watched(server), *here.templates], here.sources)
        self.around = self.watching()
        self.guarded = True

        def build(*args: Any, **kwargs: Any) -> None:
            around = self.watching()
            if not (self.standing and around == self.around and self._edited()):
                self.after.stop()
                self.around = around
                whole(*args, **kwargs)

        server.builder = build
        self.editing.memory.ready = partial(serving.ask, server)
        gc.freeze()  # what the site is made of stays: going through it would cost more than most edits
        return server

    def _edited(self) -> bool:
        """Bring the site that stands up to date with its sources. Returns whether that could be done."""
        before, old = self.kept, self.theme
        if before is None or old is None or not self.press.leaves:
            return False
        self.after.stop()
        self.later.stop()
        config = old.config
        made = self.editing.build(self._project(config), home="index.md" in self.press.drafts)
        web = made.web
        if made.problems != self.problems or any(not problem.warning for problem in made.problems):
            return False
        if not isinstance(web, Watched) or searching.choose(config, old.env, web.characters) != self.sharded:
            return False
        self.standing = False
        standing = again.Standing(old, self.press, before, self._notice())
        try:
            renewed = again.build(standing, web, _drafts(made), lambda page: self.hand.again(web, page))
            self.web, self.press, self.kept = web, renewed.press, renewed.kept
            self.written = {**renewed.kept.written}
            for page in renewed.pages:
                write = partial(again.write, page, old, self.press)
                searching.renew(config, self.found, page.url, write)
        except again.Beyond:
            return False
        except Exception as error:  # of templates, which may do anything: the whole build says it, where it fails too
            log.debug(f"Building the whole site, since {error}")
            return False
        self._draw(config, (each for uri, each in self.written.items() if each is not before.written.get(uri)))
        self.after.start(self._rest)
        self.standing = True
        return True

    def _rest(self) -> Iterator[object]:
        """Bring the files up to date that are made of the whole book, step by step."""
        assert self.others is not None
        assert self.web is not None
        assert self.theme is not None
        config = self.theme.config
        searching.put_again(config, self.found, self._listings(), self.sharded, self.later)
        yield None
        yield from again.replace(self.others.files(self.web, self.press.drafts.values()), self.paths, config)
        again.sitemap(self.theme, self.press)
        yield None
        self._check()

    def on_build_error(self, *, error: Exception) -> None:
        """End a build that a template stops with a sentence and no traceback."""
        if isinstance(error, TemplateError) and not self.guarded:
            sentence = str(serving.explain(error))
            log.error(sentence)
            raise Abort(sentence) from None


def _drafts(made: Made) -> dict[str, Draft]:
    return {f"{each.uri}.md": exports.draft(made.web, each) for each in made.pages.drafts}


def _anchors(files: Files) -> Iterator[tuple[str, set[str]]]:
    for file in files:
        if not (isinstance(file.page, Leaf) and file.page.bare):
            found = file.page.present_anchor_ids if file.page else None
            yield "" if file.url == "./" else file.url, found or set()
