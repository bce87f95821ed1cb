"""Relations between topics: those that curators state, and those computed from shared passages; links by name."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from talkbook.matching.topic_names import NameHit, fold
from talkbook.model import Quote, Topic
from talkbook.problems import Problem, did_you_mean
from talkbook.runtime.lists import grouped


@dataclass(frozen=True, slots=True)
class Relation:
    """A related topic, and the reason in words."""

    topic: str
    reason: str


@dataclass(frozen=True, slots=True)
class Backlink:
    """A link to a topic.

    page: the address where the link is, with its anchor.
    title: the title of that page.
    sentence: the sentence that contains the link.
    """

    page: str
    title: str
    sentence: str


_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_FEWEST = 2  # passages in common from which two topics are related


def shared(quotes: Iterable[Quote]) -> Counter[tuple[str, str]]:
    """Return (slug, slug) -> the number of passages that two topics have in common; each pair is in alphabetical order.

    Two passages are the same if they overlap by at least half of the shorter one.
    """
    counts: Counter[tuple[str, str]] = Counter()
    by_turn: dict[tuple[str, str], list[Quote]] = {}
    for quote in quotes:
        by_turn.setdefault((quote.transcript, quote.turn), []).append(quote)
        counts.update(combinations(sorted(set(quote.topics)), 2))
    for group in by_turn.values():
        for one, other in combinations(group, 2):
            common = min(one.end, other.end) - max(one.start, other.start)
            if common * 2 >= min(one.end - one.start, other.end - other.start):
                pairs = {(min(a, b), max(a, b)) for a in one.topics for b in other.topics if a != b}
                counts.update(pairs)
    return counts


def relations(topics: Sequence[Topic], common: Mapping[tuple[str, str], int]) -> Mapping[str, tuple[Relation, ...]]:
    """Return slug -> the topics related to it, the most closely related first.

    common: as shared() returns it.
    """
    narrower = grouped((slug, topic.slug) for topic in topics for slug in topic.broader)
    naming = grouped((slug, topic.slug) for topic in topics for slug in topic.related)
    numbers: dict[str, dict[str, int]] = {}
    for (one, other), number in common.items():
        numbers.setdefault(one, {})[other] = numbers.setdefault(other, {})[one] = number
    return {
        topic.slug: _relations(topic, narrower[topic.slug], naming[topic.slug], numbers.get(topic.slug, {}))
        for topic in topics
    }


def _relations(
    topic: Topic, narrower: Iterable[str], naming: Iterable[str], numbers: Mapping[str, int]
) -> tuple[Relation, ...]:
    """Return the relations of one topic. numbers: slug -> passages in common."""
    reasons: dict[str, list[str]] = {}
    for slugs, reason in ((topic.broader, "the broader topic"), (narrower, "a narrower topic")):
        for slug in slugs:
            reasons.setdefault(slug, []).append(reason)
    for slug in (*topic.related, *naming):
        reasons.setdefault(slug, [])
    for slug, number in numbers.items():
        if number >= _FEWEST or slug in reasons:
            reasons.setdefault(slug, []).append(passages(number))
    order = sorted(
        reasons,
        key=lambda slug: (slug not in topic.broader, slug not in topic.related, -numbers.get(slug, 0), slug),
    )
    return tuple(Relation(slug, ", ".join(reasons[slug]) or "named by the editors") for slug in order)


def passages(number: int) -> str:
    """Return "three passages in common" or the like."""
    count = _NUMBERS[number] if number < len(_NUMBERS) else str(number)
    return f"{count} passage{'' if number == 1 else 's'} in common"


def first(hits: Iterable[NameHit], seen: set[str]) -> list[NameHit]:
    """Return the first hit for each topic not in `seen`, and add these topics to `seen`.

    Hidden labels, inflected forms and hits that overlap an earlier one are left out.

    hits: in order; of those with the same start, the longest first.
    """
    result: list[NameHit] = []
    end = 0
    for hit in hits:
        if hit.hidden or hit.inflected or hit.start < end:
            continue
        end = hit.end  # even if this hit isn't linked, no name inside it is
        if hit.topic not in seen:
            seen.add(hit.topic)
            result.append(hit)
    return result


def check(topics: Sequence[Topic], incomplete: Sequence[Topic] = (), unread: Iterable[str] = ()) -> Iterable[Problem]:
    """Yield the problems in relations: topics that don't exist, topics that are broader than themselves, shared names.

    incomplete: topics that are in no book.
    unread: the slugs of topics whose files can't be read, which is reported elsewhere.
    """
    silent = set(unread)
    known = {topic.slug: topic for topic in (*topics, *incomplete)}
    yield from _shared([*topics, *incomplete])
    for topic in (*topics, *incomplete):
        for slug, line in topic.lines:
            if slug in silent:
                continue
            if slug not in known:
                hint = did_you_mean(slug, known) or "Write that topic, or remove the name."
                yield Problem(topic.path, line, f'There is no topic "{slug}".', hint)
            elif slug == topic.slug:
                yield Problem(topic.path, line, "The topic names itself.", "Remove the name.")
            elif slug in topic.broader and topic.slug in above(known[slug], known):
                message = f'"{slug}" is broader than this topic, and this topic is broader than "{slug}".'
                yield Problem(topic.path, line, message, "Remove one of the two.")


def _shared(topics: Iterable[Topic]) -> Iterator[Problem]:
    owners: dict[str, Topic] = {}
    for topic in topics:
        for folded, name in {" ".join(fold(name).split()): name for name in reversed(topic.names)}.items():
            owner = owners.setdefault(folded, topic)
            if owner is not topic:
                message = f'"{name}" names {owner.path} too, but a link can lead to only one of them.'
                hint = "Remove it from one of them; under hidden_labels there, it still helps to find passages."
                yield Problem(topic.path, 0, message, hint, warning=True)


def above(topic: Topic, known: Mapping[str, Topic]) -> set[str]:
    """Return the slugs of all topics that are broader than this one, directly or indirectly. known: slug -> topic."""
    found: set[str] = set()
    waiting = list(topic.broader)
    while waiting:
        slug = waiting.pop()
        if slug not in found and slug in known:
            found.add(slug)
            waiting.extend(known[slug].broader)
    return found
