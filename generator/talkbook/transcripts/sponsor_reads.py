"""Find sponsor reads by their phrases."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from ahocorasick_rs import AhoCorasick, MatchKind

from talkbook.model import Turn

# One of these is enough.
_PAID = re.compile(
    r"\b(?:(?:is|are|was) (?:also )?brought to you by"
    r"|(?:episode|show|podcast|series) (?:is|was) (?:also )?(?:sponsored|supported|made possible) by"
    r"|(?:[Tt]his|[Tt]oday['’]?s|our|the) (?:episode|show|podcast|week)['’]?s? sponsors?\b"
    r"|(?:[Oo]ur|[Tt]oday['’]?s) sponsor (?:today|for today|this week|is\b)"
    r"|for sponsoring (?:this|today['’]?s|the (?:show|podcast|episode)|our|us\b|[A-Z]\w+ (?:News|Weekly|Podcast))"
    r"|(?:with|use) (?:the )?(?:promo |discount |coupon )?code\W{1,3}[A-Z0-9]{4,}\b"
    r"|promo code|coupon code|word from our sponsors?|sponsor of (?:this|today['’]?s|the) (?:show|episode|podcast))"
)
# Of these, two different ones are needed.
_OFFERS = re.compile(
    r"(?:\b|(?=[$.]))(?:"  # rules out most characters quickly
    r"(?P<discount>\d+ ?(?:%|percent) off\b|\$\d+ off\b|discount\b)|(?P<trial>free trial\b|for free at\b)"
    r"|(?P<address>(?:at|to|visit|on) \S+\.(?:com|io|dev|org|net|co|ai)(?:/\S+| slash \w+)?\b|\.com slash\b)"
    r"|(?P<listeners>listeners (?:of|get|can)\b|our listeners\b)|(?P<sponsors>our sponsors\b|our friends at\b)"
    r"|(?P<sign>sign up (?:today|now|at|for)\b|get started (?:today|at|for free)\b|learn more at\b))",
    re.IGNORECASE,
)
_TWO = 2
# Every match of the patterns contains one of these. Searching for them first takes a hundredth of the time.
_WORDS = AhoCorasick((
    "ponsor", "brought to you by", "supported by", "possible by", "use code", "with code",
    "use the c", "promo", "coupon", "% off", "percent off", "discount", "free trial", "for free at", "our listeners",
), matchkind=MatchKind.LeftmostFirst)  # fmt: skip


def find(source: str, turns: Sequence[Turn]) -> Iterator[tuple[int, int]]:
    """Yield the (start, end) of each sponsor read in the source.

    It extends from the first paragraph of a turn with such phrases to the last.
    """
    starts = [turn.start for turn in turns]
    places = [(bisect_right(starts, place) - 1, place) for _, place, _ in _WORDS.find_matches_as_indexes(source)]
    for at in dict.fromkeys(at for at, place in places if at >= 0 and place < turns[at].end):
        paid = [paragraph for paragraph in turns[at].paragraphs if _sells(source[paragraph.start : paragraph.end])]
        if paid:
            yield paid[0].start, paid[-1].end


def _sells(text: str) -> bool:
    if _PAID.search(text):
        return True
    return len({match.lastgroup for match in _OFFERS.finditer(text)}) >= _TWO
