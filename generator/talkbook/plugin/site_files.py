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
from talkbook.pages.context import RenderContext
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

    def made(self, contents: Contents) -> tuple[list[SiteFile], list[Problem]]:
        """Return all these files, and a warning for each redirect page whose path is taken and which is left out.

        The contents of the files are made on demand.
        """
        context = contents.context
        files = [*exports.files(context), *self._markdown_files()]
        taken = {*self.taken, *(file.path for file in files)}
        for spec in contents.specs:
            taken |= {context.site.addresses.path(spec.uri), *(file.path for file in spec.files)}
        barred: list[str] = []
        for file in redirect_pages.files(context):
            if _free(file.path, taken):
                files.append(file)
            else:
                barred.append(file.path)
        return files, [*_problems(context, barred)] if barred else []

    def _markdown_files(self) -> Iterator[SiteFile]:
        for file in self.written:
            if file.inclusion not in (InclusionLevel.EXCLUDED, InclusionLevel.DRAFT):
                yield SiteFile(markdown.path(uri(file)), partial(_markdown, file))


def _problems(context: RenderContext, barred: Iterable[str]) -> Iterator[Problem]:
    """Yield a warning for each path at which there can be no redirect page, with the line that asks for one."""
    path, ledger = context.site.addresses.path, context.book.ledger
    published = {path(address): line.number for address, line in ledger.lines.items() if "#" not in address}
    claims = {
        path(redirect_uri(name)): (topic.path, line)
        for topic in context.book.topics
        for name, line in topic.redirect_from
    }
    for each in barred:
        where, line = claims.get(each, (ledger.path, published.get(each, 0)))
        message = f"There can be no redirect at {each}, because the site has a file there."
        hint = "Remove that old address." if each in claims else "Rename the file that is there now."
        yield Problem(where, line, message, hint, warning=True)


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
