"""The files of a site that depend on the whole book: exports, handwritten pages as Markdown, redirects."""

import logging
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, InclusionLevel
from mkdocs.utils import meta

from talkbook import exports
from talkbook.exports import markdown, redirect_pages
from talkbook.pages.context import RenderContext
from talkbook.pages.routes import SiteFile
from talkbook.plugin.contents import Contents
from talkbook.plugin.mkdocs_internals import LazyFile
from talkbook.problems import Problem

log = logging.getLogger("mkdocs.plugins.talkbook")


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
        made = [*exports.files(contents.context), *self._markdown_files()]
        taken = {*self.taken, *(file.path for file in made)}
        for spec in contents.specs:
            taken |= {contents.context.site.addresses.path(spec.uri), *(file.path for file in spec.files)}
        return [*made, *_redirects(contents.context, taken)]

    def _markdown_files(self) -> Iterator[SiteFile]:
        for file in self.written:
            if file.inclusion not in (InclusionLevel.EXCLUDED, InclusionLevel.DRAFT):
                yield SiteFile(markdown.path(uri(file)), partial(_markdown, file))


def _markdown(file: File) -> str:
    words = meta.get_data(file.content_string)[0].strip() + "\n"
    return words + (f"\n{markdown.HOME}" if uri(file) == "index" else "")


def _redirects(context: RenderContext, taken: set[str]) -> Iterator[SiteFile]:
    """Yield the redirect pages whose paths are free, and log a warning for each of the others."""
    for file in redirect_pages.files(context):
        if file.path in taken:
            message = f"An old address redirects from {file.path}, but the site has a file there."
            log.warning(str(Problem("mkdocs.yml", 0, message, "Remove it from redirect_from.")))
        else:
            yield file


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
