"""Measure how many turns of the real episodes have a known speaker, by show; writes attribution.md.

    python benchmarks/attribution.py

Without the shared corpus, nothing is measured or written.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path

import corpus

from talkbook.book import build, parallel
from talkbook.book.book import Book
from talkbook.model import Transcript
from talkbook.sources.source import Source, Sources
from talkbook.text import ids

RESULTS = Path(__file__).parent / "attribution.md"
FINDINGS = "<!-- What follows is written by hand. -->\n"
_RARE = 2  # turns; someone who speaks in one episode only and has no more turns counts as rare


def main() -> None:
    paths = sorted(corpus.REAL.glob("*/*.md"))
    if not paths:
        print(f"There are no episodes in {corpus.REAL}.")
        return
    made = build.build(Sources(tuple(map(_source, paths)), topics=tuple(_topics())), process=parallel.process_all)
    text = f"# Who speaks in {len(paths)} real episodes\n\nMade by `python benchmarks/attribution.py`.\n\n{table(made)}"
    by_hand = RESULTS.read_text("utf-8").partition(FINDINGS)[2] if RESULTS.exists() else ""
    RESULTS.write_text(f"{text}\n{problems(made)}\n{FINDINGS}{by_hand}", "utf-8")
    print(text, problems(made), sep="\n")


def _source(path: Path) -> Source:
    return Source(f"{path.parent.name}/{path.name}", ids.slug(path.stem), path.read_bytes(), path.parent.name)


def _topics() -> Iterable[Source]:
    for name, text in corpus.written().items():
        yield Source(f"topics/{name}.md", name, text.encode())


def table(made: Book) -> str:
    """Return a Markdown table of the shares, by show and in total."""
    shows: dict[str, list[Transcript]] = defaultdict(list)
    for each in made.transcripts:
        shows[each.show].append(each)
    rows = [_row(name, listed, made) for name, listed in [*sorted(shows.items()), ("all", made.transcripts)]]
    head = (
        "| show | episodes | turns | with a person | people | of them rare | quotes |\n|---|--:|--:|--:|--:|--:|--:|\n"
    )
    return head + "".join(rows) + f"\nRare: in one episode, with {_RARE} turns at the most.\n"


def _row(name: str, listed: Iterable[Transcript], made: Book) -> str:
    episodes = list(listed)
    turns = Counter(turn.speaker for each in episodes for turn in each.turns)
    inside: Mapping[str | None, set[str]] = defaultdict(set)
    for each in episodes:
        for turn in each.turns:
            inside[turn.speaker].add(each.slug)
    rare = sum(count <= _RARE and len(inside[who]) == 1 for who, count in turns.items() if who)
    quotes = sum(len(made.quotes_in.get(each.slug, ())) for each in episodes)
    every = turns.total()
    share = f"{(every - turns[None]) / every:.2%}"
    people = sum(1 for who in turns if who)
    return f"| {name} | {len(episodes)} | {every:,} | {share} | {people} | {rare} | {quotes} |\n"


def problems(made: Book) -> str:
    """Return all problems of the files, as Markdown."""
    errors = sum(not each.warning for each in made.problems)
    lines = "".join(f"- {each.path}:{each.line}: {each.message}\n" for each in made.problems)
    return f"{errors} errors, {len(made.problems) - errors} warnings:\n\n{lines}"


if __name__ == "__main__":
    main()
