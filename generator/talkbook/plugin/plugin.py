"""The plugin class, which handles each of MkDocs' events by calling the other modules."""

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
from talkbook.problems import counted
from talkbook.project import Project
from talkbook.sources import content_folder

log = logging.getLogger("mkdocs.plugins.talkbook")


class TalkbookPlugin(BasePlugin[Settings]):  # type: ignore[no-untyped-call]
    """The MkDocs plugin that makes a site from the content folder."""

    build: SiteBuild
    nav: Navigation

    def __init__(self) -> None:
        self.serving = False
        self.staging: Staging | None = None  # while a site is built, unless for a server
        self.checked = False  # whether the last site is known to show nothing that is private now
        self.published_addresses: Addresses | None = None  # those of the published site, if this is an offline copy
        self.served = ServedProject()
        self.builds = 0  # started by MkDocs for a server

    def on_startup(self, *, command: str, dirty: bool) -> None:
        """Record the command. MkDocs keeps a plugin from build to build only if it has this method."""
        self.serving = command == "serve"

    @event_priority(100)  # before the offline plugin changes it
    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Choose where to write the site, and add Talkbook's templates, styles and scripts."""
        if self.serving:  # the previous build is served until this one is complete
            self.builds += 1
            config.site_dir = str(Path(config.site_dir) / str(self.builds))
        else:
            self.staging = staging.begin(Path(config.site_dir))
            config.site_dir, self.checked = str(self.staging.folder), False
        log.setLevel(logging.NOTSET)  # undo the setLevel() of an earlier build
        if config.strict and not log.isEnabledFor(logging.WARNING):
            log.setLevel(logging.WARNING)  # it counts logged warnings, which `--quiet` suppresses
        self.published_addresses = offline.prepare(config)
        theme.prepare(config)
        other_plugins.log_missing_address(config)
        if not config.repo_url and "://" not in (config.edit_uri or ""):
            config.edit_uri = ""  # relative to the repository, of which there is none
        return config

    def project(self, config: MkDocsConfig) -> Project:
        """Return the project that this configuration describes."""
        return settings.project(config, self.config, self.published_addresses)

    def on_files(self, files: Files, /, *, config: MkDocsConfig) -> Files:
        """Build the book, and add its pages and site files to MkDocs' files."""
        if self.published_addresses:
            offline.clear(config, files)
        project = self.project(config)
        home = all(file.dest_uri != "index.html" for file in files)
        made = (self.served.editing.build if self.serving else contents.build)(project, home=home)
        self.served.report(made)
        if self.staging and published.site_is_unsafe(made.context.book, self.staging.transcripts):
            self.staging.remove_last()
        self.checked = True
        self.build = SiteBuild(project, made, config, files, served=self.serving and other_plugins.no_others(config))
        other_plugins.lay_out_tabs(files, config)
        other_plugins.name_sources(files, config)
        return files

    def on_nav(self, nav: Navigation, /, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Give each generated file its page, now that the navigation is known."""
        self.nav = nav
        self.build.lay_out(nav, files)
        return nav

    def on_page_content(self, html: str, /, *, page: MkDocsPage, config: MkDocsConfig, files: Files) -> str:
        """Return the HTML of a generated page, or of a handwritten one with what Talkbook adds to it."""
        return self.build.content(page, html)

    @event_priority(-100)  # after the other plugins have changed the environment
    def on_env(self, env: Any, /, *, config: MkDocsConfig, files: Files) -> Any:
        """Write the generated pages."""
        self.build.write(self.nav, env, files)
        return env

    def on_template_context(self, context: Any, /, *, template_name: str, config: MkDocsConfig) -> Any:
        """Add the generated pages to the context of templates, such as that of the sitemap."""
        return self.build.with_pages(context)

    def on_page_context(self, context: Any, /, *, page: MkDocsPage, config: MkDocsConfig, nav: Navigation) -> Any:
        """Add the generated pages to the context of each page."""
        return self.build.with_pages(context)

    @event_priority(100)  # before the search plugin writes its index
    def _finish(self, *, config: MkDocsConfig) -> None:
        """Complete the search index and draw the social cards."""
        self.build.finish()
        if self.serving:
            self.served.take(self.build)

    @event_priority(-100)  # after the other plugins have written their files
    def _check_and_publish(self, *, config: MkDocsConfig) -> None:
        """Remove files that contain private words, then replace the last site with the new one."""
        if self.staging:
            project = self.build.project
            private_check.run(self.build.contents.context.book, self.staging, project.cache.parent, project.folder)
            self.staging.publish()
            config.site_dir, self.staging = str(self.staging.site), None

    on_post_build = CombinedEvent(_finish, _check_and_publish)

    def on_serve(
        self, server: LiveReloadServer, /, *, config: MkDocsConfig, builder: Callable[..., None]
    ) -> LiveReloadServer:
        """Watch the sources, and keep serving even if they contain errors."""
        project = self.project(config)
        file_changes.listen(server)
        for folder in (project.content, project.folder / "templates", content_folder.templates()):
            live_server.follow(server, folder)
        if self.serving:  # False with `mkdocs serve --clean`, which MkDocs announces as a build
            self.served.start(server, project)
        return server

    def _discard(self) -> None:
        """Remove what an unfinished build wrote, and the last site if it may show what is private now."""
        if self.staging:
            self.staging.discard()
            if not self.checked:
                self.staging.remove_last()
            self.staging = None

    def on_shutdown(self) -> None:
        """Discard an unfinished build, and stop reading in the background."""
        self._discard()
        self.served.editing.memory.stop()

    def on_build_error(self, *, error: Exception) -> None:
        """Discard the build, and give a sentence instead of a traceback if a template or the system made it fail.

        Raises Abort in that case, unless a server is running.
        """
        self._discard()
        if messages.comes_from_project(error) and not (self.serving and self.served.server):
            problems = messages.explain(error)
            for problem in problems:
                log.error(str(problem))
            raise Abort(f"Aborted with {counted(len(problems), 'error')}.") from None
