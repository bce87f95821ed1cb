"""Episodes and topics for the benchmarks: real ones if the shared corpus is available, otherwise made from a seed."""

import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Set
from itertools import pairwise
from pathlib import Path

HERE = Path(__file__).parent
REAL = HERE.parents[1] / "shared" / "corpora" / "scale"
SEED = 20_260_101

_NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-zA-Z]{3,}(?: [A-Z][a-zA-Z]{2,})?")
_WORD = re.compile(r"\w+")
_SENTENCE = re.compile(r"[^.?!\n*]{40,300}[.?!]")


def episodes(number: int) -> Iterator[tuple[str, str]]:
    """Yield (name, Markdown) for `number` episodes; real ones are repeated under other names when they run out."""
    real = sorted(REAL.glob("*/*.md"))
    chance = random.Random(SEED)
    for at in range(number):
        if real:
            path = real[at % len(real)]
            yield f"{path.stem}{f'-{at // len(real) + 1}' if at >= len(real) else ''}", path.read_text("utf-8")
        else:
            yield f"episode-{at + 1}", _made(chance)


def _made(chance: random.Random) -> str:
    """Make an episode of about 42 kB, whose speakers use the words of the written topics."""
    words = " ".join(written().values()).split()
    common = "so and the of a that we it you is in to I think but like really when have can just what about".split()
    turns = []
    for at in range(100):
        said = [
            " ".join(chance.choices(words if chance.random() < 0.1 else common + words[:400], k=14)).strip(".,:;-")
            for _ in range(6)
        ]
        turns.append(f"**{('Ada Lovelace', 'Alan Turing')[at % 2]}:** {'. '.join(said).capitalize()}.")
    return "\n\n".join(turns) + "\n"


def written() -> Mapping[str, str]:
    """Return the topics written for the benchmark: name -> Markdown with front matter."""
    return {path.stem: path.read_text("utf-8") for path in sorted((HERE / "topics").glob("*.md"))}


def topics(number: int, texts: Mapping[str, str]) -> dict[str, str]:
    """Return `number` topics: the written ones, then names from the episodes, each with sentences that contain it.

    The most frequent names are used, except those that occur in only one or nearly all episodes. Occurrences in lower
    case count as well, which excludes words such as "That", which is capitalised rarely but said all the time.
    """
    found = dict(list(written().items())[:number])
    spoken: Counter[str] = Counter()
    sentences: dict[str, list[str]] = defaultdict(list)
    for text in texts.values():
        said = {name: sentence for sentence in _SENTENCE.findall(text) for name in _NAME.findall(sentence)}
        spoken.update(said.keys())
        for name, sentence in said.items():
            if len(sentences[name]) < 4:
                sentences[name].append(" ".join(sentence.split()))
    most = max(3, len(texts) // 10)
    spread = _spread({name.lower() for name in spoken}, texts.values())
    often = sorted(spoken.items(), key=lambda item: (-item[1], item[0]))
    names = (name for name, _ in often if spread[name.lower()] <= most)
    fill = (f"Subject {at}" for at in range(number))
    for name in (each for group in (names, fill) for each in group):
        if len(found) >= number:
            break
        body = " ".join(sentences.get(name, [f"{name} is spoken of nowhere."]))
        found.setdefault(name.lower().replace(" ", "-"), f'---\ntitle: "{name}"\n---\n\n{body}\n')
    return found


def _spread(names: Set[str], texts: Iterable[str]) -> Counter[str]:
    """Return in how many of the texts each name of one or two words occurs, in any case."""
    spread: Counter[str] = Counter()
    for text in texts:
        words = _WORD.findall(text.lower())
        spread.update(names & {*words, *map(" ".join, pairwise(words))})
    return spread
