"""The site while it is served: each file is made on demand and kept until the book changes."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from pathlib import Path

from jinja2 import BaseLoader
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page as MkDocsPage

from talkbook.pages import routes, templates
from talkbook.pages.page import Page
from talkbook.pages.social import social_card, store
from talkbook.plugin import material_internals, other_plugins, search, site_files
from talkbook.plugin.contents import Contents
from talkbook.plugin.handwritten import LinkTargets, NeedsFullBuild
from talkbook.plugin.render import pages
from talkbook.plugin.render.pages import GeneratedPages
from talkbook.plugin.site_build import SiteBuild
from talkbook.search.blocks import Listing

Make = Callable[[], bytes | None]  # returns None if there is no such file after all

_SITEMAP = "sitemap.xml"
_SHOWN = (InclusionLevel.INCLUDED, InclusionLevel.NOT_IN_NAV)


@dataclass(frozen=True)
class LiveSite:
    """The site of one book, in the theme of the last build by MkDocs.

    build: that build.
    contents: the current contents, which may be newer than the build.
    templates: the templates that last worked, for use when the current ones fail; None for Talkbook's own.
    """

    build: SiteBuild
    contents: Contents
    templates: BaseLoader | None = None
    _kept: dict[str, bytes | None] = field(default_factory=dict, repr=False)

    def get(self, path: str) -> bytes | None:
        """Return the content of the file at this path, or None. Raises whatever making it raises."""
        if path not in self._kept:
            make = self.html.get(path) or self.files.get(path)
            if make is None and self._indexed and path.startswith(f"{search.FOLDER}/"):
                return self._index.get(path.removeprefix(f"{search.FOLDER}/"))
            self._kept[path] = make() if make else self._written(path)
        return self._kept[path]

    def paths(self) -> set[str]:
        """Return the paths of all files. This makes most of them, since some may turn out not to exist."""
        index = {f"{search.FOLDER}/{path}" for path in self._index} if self._indexed else set()
        written = {path.relative_to(self.folder).as_posix() for path in self.folder.rglob("*") if path.is_file()}
        return index | {path for path in {*self.files, *written} if self.get(path) is not None}

    @cached_property
    def fallback(self) -> "LiveSite":
        """The same site with the templates that last worked, for use when the current ones fail."""
        shipped = templates.loader(self.build.project.templates[1:])
        context = replace(self.contents.context, loader=self.templates or shipped)
        return LiveSite(self.build, replace(self.contents, context=context))

    def updated(self, contents: Contents, changed: Collection[str], *, good: bool) -> "LiveSite":
        """Return the site with new contents in the same theme.

        changed: the paths of files, other than sources, that were added, removed or changed.
        good: whether the templates of this site haven't failed.

        Raises NeedsFullBuild if only MkDocs can show the change.
        """
        if not (self.deferred and other_plugins.no_others(self.build.config)):
            raise NeedsFullBuild("other plugins take part")
        theme = self._pages.theme
        if self._navigation(contents) != self._navigation(self.contents):
            raise NeedsFullBuild("the navigation has changed")
        by_hand = {file.abs_src_path for file in self.build.handwritten.files}
        if others := [path for path in changed if path not in by_hand or not Path(path).is_file()]:
            raise NeedsFullBuild(f"{others[0]} was added, removed or changed")
        site = LiveSite(self.build, contents, self.contents.context.loader if good else self.templates)
        with self.build.lock:
            self.build.handwritten.check(changed, theme.config, contents.uris, site._targets)
        return site

    @property
    def deferred(self) -> bool:
        """Whether pages are made on demand; otherwise MkDocs' build has written them all."""
        return self.build.deferred and self.build.served

    @property
    def folder(self) -> Path:
        """The folder in which MkDocs has written the site."""
        return Path(self.build.config.site_dir)

    @cached_property
    def html(self) -> Mapping[str, Make]:
        """Path of each page's file -> function that makes it."""
        if not self.deferred:
            return {}
        path = self.build.project.site.addresses.path
        by_hand = {file.dest_uri: partial(self._by_hand, file) for file in self._handwritten}
        return {**by_hand, **{path(uri): partial(self._page, uri) for uri in self.contents.uris}}

    @cached_property
    def files(self) -> Mapping[str, Make]:
        """Path -> function that makes the file, except for Talkbook's index and files that don't depend on the book."""
        files: dict[str, Make] = {**self.html}
        if not self.deferred:
            return files
        context = self.contents.context
        for uri in self.contents.uris:
            files |= {file.path: file.data for file in self.contents.spec(uri).files}
            if context.site.cards:
                files[social_card.path(uri)] = partial(self._social_card, uri)
        files |= {each.path: each.data for each in self.build.whole.made(self.contents)[0]}
        for file in self._handwritten:
            if context.site.cards and site_files.uri(file) == "index":
                files[social_card.path("index")] = partial(self._home_card, file)
        theme = self._pages.theme
        if _SITEMAP in theme.config.theme.static_templates:
            files |= {_SITEMAP: self._locked(theme.sitemap), f"{_SITEMAP}.gz": self._locked(theme.packed_sitemap)}
        if material_internals.entries(theme.config) is not None:
            files[f"{search.FOLDER}/search_index.json"] = self._material_index
        return files

    def _written(self, path: str) -> bytes | None:
        if "\0" in path:
            return None  # no file's name contains it
        place = self.folder / path
        return place.read_bytes() if place.is_file() and place.resolve().is_relative_to(self.folder.resolve()) else None

    @cached_property
    def _pages(self) -> GeneratedPages:
        assert self.build.pages is not None
        return replace(self.build.pages, theme=replace(self.build.pages.theme, pages=self._listed_files))

    @property
    def _handwritten(self) -> Sequence[File]:
        return [file for file in self.build.handwritten.files if file.page and file.inclusion in _SHOWN]

    def _listed_files(self) -> Sequence[File]:
        """Return the files of all pages but those of withheld conversations, in MkDocs' order."""
        hidden = self.contents.context.withheld
        return [*self._handwritten, *(self._file(uri) for uri in self.contents.uris if uri not in hidden)]

    def _file(self, uri: str) -> File:
        page = self._pages.laid_out.get(uri)
        if page is None:
            page = pages.lazy_page(self.contents.spec(uri), self.build.project, self.build.config)
        return page.file

    def _page(self, uri: str) -> bytes:
        spec = self.contents.spec(uri)
        made = spec.make()
        with self.build.lock:
            return self._pages.html(spec, made)

    def _social_card(self, uri: str) -> bytes | None:
        return self._picture(self.contents.spec(uri).make())

    def _home_card(self, file: File) -> bytes | None:
        with self.build.lock:
            self._by_hand_made(file)
            return self._picture(Page("index", "", "", social_card=self.build.handwritten.home_card))

    def _picture(self, page: Page) -> bytes | None:
        if page.social_card is None:
            return None
        with self.build.lock:
            ((_, picture),) = store.pictures({page.uri: page.social_card}, self.build.project.cache / "cards")
            return picture

    def _by_hand(self, file: File) -> bytes:
        with self.build.lock:
            page = self._by_hand_made(file)
            page.content = material_internals.without_search(page.content or "")
            return self._pages.theme.html(page)

    def _by_hand_made(self, file: File) -> MkDocsPage:
        made, config = self.build.handwritten, self.build.config
        return made.make(file, self.contents.context, config, self.contents.uris, self._targets)

    @cached_property
    def _targets(self) -> Files:
        """The files to which handwritten pages may link."""
        uris = {f"{uri}.md": uri for uri in self.contents.uris}

        def ours(path: str) -> File | None:
            if path in uris:
                return self._file(uris[path])
            return File.generated(self.build.config, path, content="") if path in self.files else None

        return LinkTargets([*self.build.handwritten.others, *self.build.handwritten.files], ours)

    def _locked(self, make: Callable[[], bytes]) -> Make:
        def made() -> bytes | None:
            with self.build.lock:
                return make() or None

        return made

    def _material_index(self) -> bytes:
        config = self.build.config
        listed = [] if self.build.own_index else [*self._entries_by_hand(), *search.material_entries(self._listings())]
        return material_internals.search_index(config, listed).encode()

    def _entries_by_hand(self) -> Sequence[dict[str, object]]:
        with self.build.lock:
            made = [self._by_hand_made(file) for file in self._handwritten]
            return material_internals.entries_of(self.build.config, made)

    def _listings(self) -> list[Listing]:
        of = self.build.project.site.addresses.of
        return [Listing(of(uri), routes.entries(self.contents.context, uri)) for uri in self.contents.uris]

    @property
    def _indexed(self) -> bool:
        return self.deferred and self.build.own_index

    @cached_property
    def _index(self) -> Mapping[str, bytes]:
        """Path in search.FOLDER -> content of each file of Talkbook's index."""
        files: dict[str, bytes] = {}
        writer = search.writer(files.__setitem__, self.build.config, self.contents.context)
        search.index(writer, self._listings(), search.by_hand(self._entries_by_hand()), processes=0)
        return files

    def _navigation(self, contents: Contents) -> Sequence[object]:
        """Return (URI, title) of each generated page that may be in the navigation."""
        named = str(self.build.config.nav)
        uris = [uri for uri in contents.uris if _listed(uri) or f"{uri}.md" in named]
        return [(uri, routes.title(contents.context, uri)) for uri in uris]


def _listed(uri: str) -> bool:
    return pages.inclusion(uri) is InclusionLevel.INCLUDED
