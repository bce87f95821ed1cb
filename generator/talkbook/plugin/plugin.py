"""The face to MkDocs: each of its events, handed on."""

import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, CombinedEvent, event_priority
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as MkDocsPage

from talkbook.book import published
from talkbook.pages.page import Addresses
from talkbook.plugin import (
    contents,
    file_changes,
    live_server,
    messages,
    offline,
    other_plugins,
    private_check,
    settings,
    staging,
)
from talkbook.plugin.render import theme
from talkbook.plugin.served_project import ServedProject
from talkbook.plugin.settings import Settings
from talkbook.plugin.site_build import SiteBuild
from talkbook.plugin.staging import Staging
from talkbook.project import Project
from talkbook.sources import content_folder

log = logging.getLogger("mkdocs.plugins.talkbook")


class TalkbookPlugin(BasePlugin[Settings]):  # type: ignore[no-untyped-call]
    """Turns the content folder into pages."""

    build: SiteBuild
    nav: Navigation

    def __init__(self) -> None:
        self.serving = False
        self.staging: Staging | None = None  # of a build that is going on, and is not for a server
        self.checked = False  # whether the last site shows nothing that is private in this build
        self.published: Addresses | None = None  # where this is a copy, those of what it is a copy of
        self.served = ServedProject()
        self.builds = 0  # by MkDocs, for a server

    def on_startup(self, *, command: str, dirty: bool) -> None:
        """Being here, it keeps this object alive from build to build of `mkdocs serve`."""
        self.serving = command == "serve"

    @event_priority(100)  # before the offline plugin changes it
    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Put what is ours behind the project's own."""
        if self.serving:  # what is served is that of the build before until this one is done
            self.builds += 1
            config.site_dir = str(Path(config.site_dir) / str(self.builds))
        else:
            self.staging = staging.begin(Path(config.site_dir))
            config.site_dir, self.checked = str(self.staging.folder), False
        log.setLevel(logging.NOTSET)  # as it was before a build that was quiet
        if config.strict and not log.isEnabledFor(logging.WARNING):
            log.setLevel(logging.WARNING)  # MkDocs fails on what is said alone, and `--quiet` would have it go well
        self.published = offline.prepare(config)
        theme.prepare(config)
        other_plugins.say_what_is_missing(config)
        if self.config.content != Settings.content.default and (problem := self.project(config).missing()):
            log.warning(str(problem))
        if not config.repo_url and "://" not in (config.edit_uri or ""):
            config.edit_uri = ""  # an address to edit at needs a repository before it
        return config

    def project(self, config: MkDocsConfig) -> Project:
        """The project as this configuration says."""
        return settings.project(config, self.config, self.published)

    def on_files(self, files: Files, /, *, config: MkDocsConfig) -> Files:
        """Build the book and put its pages and data among MkDocs' files."""
        if self.published:
            offline.clear(config, files)
        project = self.project(config)
        home = all(file.dest_uri != "index.html" for file in files)
        made = (self.served.editing.build if self.serving else contents.build)(project, home=home)
        self.served.report(made)
        if self.staging and published.doubtful(made.context.book, self.staging.transcripts):
            self.staging.remove_last()
        self.checked = True
        self.build = SiteBuild(project, made, config, files, served=self.serving and other_plugins.none(config))
        other_plugins.lay_out_tabs(files, config)
        other_plugins.name_sources(files, config)
        return files

    def on_nav(self, nav: Navigation, /, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Give our pages a kind of page that MkDocs has no work with."""
        self.nav = nav
        self.build.lay_out(nav, files)
        return nav

    def on_page_content(self, html: str, /, *, page: MkDocsPage, config: MkDocsConfig, files: Files) -> str:
        """Give our pages their HTML and contents list, and hand-written ones what is added to them."""
        return self.build.content(page, html)

    @event_priority(-100)  # when the other plugins are done with the environment
    def on_env(self, env: Any, /, *, config: MkDocsConfig, files: Files) -> Any:
        """Write our pages."""
        self.build.write(self.nav, env, files)
        return env

    def on_template_context(self, context: Any, /, *, template_name: str, config: MkDocsConfig) -> Any:
        """Let the sitemap know of the pages that are written already."""
        return self.build.with_pages(context)

    def on_page_context(self, context: Any, /, *, page: MkDocsPage, config: MkDocsConfig, nav: Navigation) -> Any:
        """Let every page know of them."""
        return self.build.with_pages(context)

    @event_priority(100)  # before the search plugin writes its index
    def _finish(self, *, config: MkDocsConfig) -> None:
        """Put our results into the search index, and the cards into the site."""
        self.build.finish()
        if self.serving:
            self.served.take(self.build)

    @event_priority(-100)  # when everybody has written everything
    def _look_again(self, *, config: MkDocsConfig) -> None:
        """Leave no file in which private words stand, and put what is written in the place of the last site."""
        if self.staging:
            project = self.build.project
            private_check.run(self.build.contents.context.book, self.staging, project.cache.parent, project.folder)
            self.staging.publish()
            config.site_dir, self.staging = str(self.staging.site), None

    on_post_build = CombinedEvent(_finish, _look_again)

    def on_serve(
        self, server: LiveReloadServer, /, *, config: MkDocsConfig, builder: Callable[..., None]
    ) -> LiveReloadServer:
        """Watch the sources, and let no mistake in them stop the server."""
        project = self.project(config)
        file_changes.listen(server)
        for folder in (project.content, project.folder / "templates", content_folder.templates()):
            live_server.follow(server, folder)
        if self.serving:  # not so with `mkdocs serve --clean`
            self.served.start(server, project)
        return server

    def _discard(self) -> None:
        """Leave nothing of a build that did not come to its end, nor a site in which words may be private by now."""
        if self.staging:
            self.staging.discard()
            if not self.checked:
                self.staging.remove_last()
            self.staging = None

    def on_shutdown(self) -> None:
        """Stop what is going on behind."""
        self._discard()
        self.served.editing.memory.stop()

    def on_build_error(self, *, error: Exception) -> None:
        """End a build that a template or the machine stops with a sentence and no traceback."""
        self._discard()
        if messages.of_project(error) and not (self.serving and self.served.server):
            sentence = str(messages.explain(error))
            log.error(sentence)
            raise Abort(sentence) from None
