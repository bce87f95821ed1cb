"""Check permalinks: find published addresses that lead nowhere, and invalid redirects."""

from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import PurePosixPath

from talkbook.model import Topic
from talkbook.permalinks import suggestions
from talkbook.permalinks.resolve import Permalinks, RedirectLoop, addressable, redirect_uri
from talkbook.problems import Problem
from talkbook.sources.ledger import WITHDRAWN, LedgerEntry
from talkbook.text import ids


def problems(links: Permalinks) -> Sequence[Problem]:
    """Return an error for each published address that leads nowhere, and for each invalid redirect."""
    return links.book.redacted(_problems(links))


def _problems(links: Permalinks) -> Iterator[Problem]:
    yield from _claims(links)
    for line in lost(links):
        try:
            links.target(line.address)
        except RedirectLoop as loop:
            message = f"{line.address} leads in a circle: {' -> '.join(loop.steps)}."
            yield Problem(links.book.ledger.path, line.number, message, "Make one of them lead to a page that exists.")
        else:
            yield _lost(links, line)


def lost(links: Permalinks) -> Iterator[LedgerEntry]:
    """Yield the ledger's entries whose addresses lead nowhere, or in a circle.

    Addresses of files with errors are skipped, as are anchors and quotes of a page that is itself lost.
    """
    broken = {ids.slug(PurePosixPath(problem.path).stem) for problem in links.book.problems if not problem.warning}
    broken.update(each.slug for each in links.book.withheld)
    unknown: set[str] = set()
    for address, line in sorted(links.gone.items(), key=lambda item: ("#" in item[0], "quotes/" in item[0], item[0])):
        uri = f"transcripts/{line.transcript}" if line.transcript else address.partition("#")[0]
        if uri.rpartition("/")[2] in broken or uri in unknown:
            continue
        try:
            known = links.target(address) is not None
        except RedirectLoop:
            known = False
        if not known:
            unknown.add(address)
            yield line


def _claims(links: Permalinks) -> Iterator[Problem]:
    claimed: dict[str, Topic] = {}
    for topic in links.book.topics:
        for name, line in topic.redirect_from:
            uri = redirect_uri(name)
            if not addressable(uri):
                hint = "Write the topic's old file name without .md, or an old path in this site such as /old/page/."
                yield Problem(topic.path, line, f'"{name}" in redirect_from is not an address in this site.', hint)
            elif uri in links.alive:
                hint = "Remove it from redirect_from."
                yield Problem(topic.path, line, f"redirect_from names {uri}, but that page exists.", hint)
            elif uri in claimed and claimed[uri] != topic:
                message = f"redirect_from names {uri}, and so does {claimed[uri].path}."
                yield Problem(topic.path, line, message, "Keep it in only one of them.")
            claimed.setdefault(uri, topic)


def _lost(links: Permalinks, line: LedgerEntry) -> Problem:
    best = next(islice(suggestions.nearest(links, line), 1), None)
    what = f"{line.address} was published ({line.words}) and is gone."
    give_up = f'If it was removed on purpose, change its line to "{line.address} -> {WITHDRAWN}".'
    if best is None:
        return Problem(links.book.ledger.path, line.number, what, f"Nothing similar was found. {give_up}")
    hint = f'Is it {best.address} now ({best.words})? Then run "talkbook links --update". {give_up}'
    return Problem(links.book.ledger.path, line.number, what, hint)
