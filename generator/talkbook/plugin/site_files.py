"""The files of a site that depend on the whole book: exports, handwritten pages as Markdown, redirects."""

from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from functools import partial
from pathlib import PurePosixPath

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, InclusionLevel
from mkdocs.utils import meta

from talkbook import exports
from talkbook.exports import markdown, redirect_pages
from talkbook.pages.routes import SiteFile
from talkbook.permalinks.resolve import redirect_uri
from talkbook.plugin.contents import Contents
from talkbook.plugin.mkdocs_internals import LazyFile
from talkbook.problems import Problem


@dataclass(frozen=True)
class WholeSiteFiles:
    """Makes the files of a site that depend on the whole book.

    written: the handwritten pages, which are also published as Markdown.
    taken: the paths of all files that aren't generated.
    """

    written: Sequence[File]
    taken: frozenset[str]

    def files(self, contents: Contents) -> list[SiteFile]:
        """Return all these files; their contents are made on demand."""
        taken = self._taken(contents)
        redirects = (file for file in redirect_pages.files(contents.context) if _free(file.path, taken))
        return [*self._made(contents), *redirects]

    def problems(self, contents: Contents) -> Iterator[Problem]:
        """Yield a warning for each redirect page that is left out, because the site has a file at its path."""
        context = contents.context
        taken, path = self._taken(contents), context.site.addresses.path
        claims = {
            path(redirect_uri(name)): (topic.path, line)
            for topic in context.book.topics
            for name, line in topic.redirect_from
        }
        for file in redirect_pages.files(context):
            if not _free(file.path, taken):
                where, line = claims.get(file.path, (context.book.ledger.path, 0))
                message = f"There can be no redirect at {file.path}, because the site has a file there."
                yield Problem(where, line, message, "Remove that old address.", warning=True)

    def _made(self, contents: Contents) -> list[SiteFile]:
        return [*exports.files(contents.context), *self._markdown_files()]

    def _taken(self, contents: Contents) -> set[str]:
        """Return the paths of all files except redirect pages."""
        taken = {*self.taken, *(file.path for file in self._made(contents))}
        for spec in contents.specs:
            taken |= {contents.context.site.addresses.path(spec.uri), *(file.path for file in spec.files)}
        return taken

    def _markdown_files(self) -> Iterator[SiteFile]:
        for file in self.written:
            if file.inclusion not in (InclusionLevel.EXCLUDED, InclusionLevel.DRAFT):
                yield SiteFile(markdown.path(uri(file)), partial(_markdown, file))


def _markdown(file: File) -> str:
    words = meta.get_data(file.content_string)[0].strip() + "\n"
    return words + (f"\n{markdown.HOME}" if uri(file) == "index" else "")


def _free(path: str, taken: Set[str]) -> bool:
    """Return whether a file can be written at this path: neither it nor a folder above it is a file."""
    return taken.isdisjoint([path, *map(str, PurePosixPath(path).parents)])


def uri(file: File) -> str:
    """Return the URI of a handwritten page. README.md is the index of its folder."""
    folder, slash, _ = file.src_uri.rpartition("/")
    return f"{folder}{slash}{file.name}"


def lazy_files(made: Iterable[SiteFile], config: MkDocsConfig) -> Iterator[LazyFile]:
    """Yield site files as MkDocs files whose contents are made on demand."""
    for each in made:
        name = f"{each.path}.txt" if each.path.endswith(".md") else each.path  # MkDocs would take it for a page
        file = LazyFile(
            name,
            src_dir=None,
            dest_dir=config.site_dir,
            use_directory_urls=config.use_directory_urls,
            dest_uri=each.path,
            inclusion=InclusionLevel.INCLUDED,
        )
        file.generated_by = "talkbook"
        file.make = each.make
        yield file
