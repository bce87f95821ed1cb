"""What the site holds besides its pages, as files of MkDocs': exports, redirects, cards."""

import logging
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, InclusionLevel, set_exclusions
from mkdocs.utils import meta

from talkbook import exports
from talkbook.exports import markdown, redirects
from talkbook.pages.context import RenderContext
from talkbook.pages.routes import PageSpec, SiteFile
from talkbook.pages.social import card, store
from talkbook.pages.social.card import SocialCard
from talkbook.plugin.render import late
from talkbook.problems import Problem

log = logging.getLogger("mkdocs.plugins.talkbook")


@dataclass(frozen=True)
class Others:
    """The files of a site that are made of the whole book.

    written: the pages that somebody wrote by hand, which get Markdown twins too. taken: paths of all files that
    are not ours.
    """

    config: MkDocsConfig
    written: Sequence[File]
    taken: frozenset[str]

    def files(self, context: RenderContext, drafts: Iterable[PageSpec]) -> list[File]:
        """Every file. drafts: of the pages, of which those that old addresses lead to are made for their titles."""
        pages = list(drafts)
        made = [*exports.files(context), *self._twins()]
        taken = self.taken.union((each.path for each in made), paths(context, pages))
        return [*(late.file(each, self.config) for each in made), *self._redirects(context, pages, taken)]

    def _twins(self) -> Iterator[SiteFile]:
        pages = list(self.written)
        set_exclusions(pages, self.config)  # MkDocs does so later, and no draft may be published by its twin
        for file in pages:
            if file.inclusion in (InclusionLevel.EXCLUDED, InclusionLevel.DRAFT):
                continue
            words = meta.get_data(file.content_string)[0].strip() + "\n"
            more = f"\n{markdown.HOME}" if uri(file) == "index" else ""
            yield SiteFile(markdown.path(uri(file)), lambda text=words + more: text)  # type: ignore[misc]

    def _redirects(self, context: RenderContext, drafts: Iterable[PageSpec], taken: frozenset[str]) -> Iterator[File]:
        """Pages at old addresses that lead on, except where something else is, which is said."""
        targets = {target.partition("#")[0] for target in context.moved.pages.values()}
        pages = {each.uri: each.make() for each in drafts if each.uri in targets}
        for path, text in redirects.of(context, pages).items():
            if path in taken:
                message = f"An old address redirects from {path}, but the site has a file there."
                log.warning(str(Problem("mkdocs.yml", 0, message, "Remove it from redirect_from.")))
            else:
                yield File.generated(self.config, path, content=text)


def uri(file: File) -> str:
    """The uri of a page that somebody wrote by hand: README.md is the index of its folder."""
    folder, slash, _ = file.src_uri.rpartition("/")
    return f"{folder}{slash}{file.name}"


def paths(context: RenderContext, drafts: Iterable[PageSpec]) -> Iterator[str]:
    """Where the pages lie, and what stands beside them."""
    for draft in drafts:
        address = context.addresses.of(draft.uri)
        yield address if address.endswith(".html") else f"{address}index.html"
        yield from (beside.path for beside in draft.beside)


def draw(cards: Mapping[str, SocialCard], cache: Path, site: Path, *, only_known: bool = False) -> None:
    """Put the picture of each page, by its uri, into the site.

    cache: the folder of those drawn before. only_known: draw none, put only those.
    """
    for uri, picture in store.pictures(cards, cache, draw=not only_known).items():
        path = site / card.path(uri)
        path.parent.mkdir(parents=True, exist_ok=True)
        if picture.exists():
            shutil.copyfile(picture, path)
