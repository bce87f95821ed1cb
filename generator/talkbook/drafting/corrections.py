"""Words that were probably misheard, and what was probably said: by sound and spelling, against what is surely said.

What is surely said are names that the conversation, the project's topics and its people use again and again. A word of
the dictionary alone is never taken for another: nothing in it tells that it was misheard.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import jellyfish
from rapidfuzz.distance import Levenshtein

from talkbook.drafting.conversation import Token, TokenizedConversation
from talkbook.drafting.language import Language
from talkbook.drafting.proposals import CorrectionProposal, SourceSpan
from talkbook.text import anchors

_LONGEST = 3  # words that may be one that was misheard
_LETTERS = 5  # of a name, from which it can be told from others
_SPELLED = 0.82  # likeness of letters, from 0 to 1, from which two are spelled alike
_SURELY_SPELLED = 0.9  # likeness of letters from which rows of common words are
_SOUNDS = 0.55  # and from which two that sound the same may be one
_SHORTEST = 4  # letters of a word that may be another one between the same words
_USUAL = 5  # times that a word is said from which another way to write it is a slip
_SURE = 2  # times that a name is said
_COMMON = 2e-7  # share of all words from which a dictionary's word is known to many
_INNER = re.compile(r"[a-z][A-Z]|^[A-Z]{2,}[a-z]?$|\w-\w")
_CAPITAL = re.compile(r"[a-z][A-Z]")
_TYPED = re.compile(r"[/@_#=]|\.\w")
_NOT_LETTERS = re.compile(r"[\W_]+")
_ENDINGS = tuple("s es ies ed d er ers ing ly y able ize ized izing ness ish less".split())
_NEAR = 200  # characters before and after a place in which those words are
_CONTEXT = (3, 5, 8, 12)  # words on either side that name a place, tried one after the other


@dataclass(frozen=True, slots=True)
class _Name:
    """Something that is surely said. letters: in lower case. sound: as Metaphone has it. why: how it is known."""

    text: str
    letters: str
    sound: str
    why: str


def propose(conversation: TokenizedConversation, words: Language, known: Mapping[str, str]) -> list[CorrectionProposal]:
    """What was probably misheard, in the order of the places.

    known: what is surely said, besides words that the conversation itself uses again and again -> what it is, a phrase.
    """
    if conversation.shouted:
        return []
    counts = Counter(word.text for sentence in conversation.sentences for word in sentence)
    every = list(_names(words, counts, known))
    spelled = {name.letters for name in every if _INNER.search(name.text)}  # DeepMind, where "deep mind" is said, too
    names = [name for name in every if _INNER.search(name.text) or name.letters not in spelled]
    by_length: dict[int, list[_Name]] = defaultdict(list)
    for name in names:
        by_length[len(name.letters)].append(name)
    exact = {name.text for name in names}
    return [
        proposal
        for at, sentence in enumerate(conversation.sentences)
        for proposal in _in_sentence(conversation, words, counts, by_length, exact, at, sentence)
    ]


def _letters(text: str) -> str:
    return _NOT_LETTERS.sub("", text).lower()


def _names(words: Language, counts: Counter[str], known: Mapping[str, str]) -> Iterator[_Name]:
    seen: set[str] = set()
    said = [(text, f"said {count} times here") for text, count in counts.items() if count >= _SURE]
    for text, why in (*((name, what) for name, what in known.items()), *said):
        letters = _letters(text)
        own = (
            text in known
            or _INNER.search(text)
            or not any(map(words.share, (text.lower(), text.lower().removesuffix("s"))))
        )
        if len(letters) >= _LETTERS and own and text not in seen and not text.isdigit():
            seen.add(text)
            yield _Name(text, letters, jellyfish.metaphone(" ".join(text.split("-"))).replace(" ", ""), why)


def _in_sentence(
    conversation: TokenizedConversation,
    words: Language,
    counts: Counter[str],
    names: Mapping[int, Sequence[_Name]],
    exact: Iterable[str],
    at: int,
    sentence: Sequence[Token],
) -> Iterator[CorrectionProposal]:
    place = 0
    while place < len(sentence):
        step = 1
        for last in range(min(len(sentence), place + _LONGEST) - 1, place - 1, -1):
            row = sentence[place : last + 1]
            if not all(word.joined for word in row[1:]):
                continue
            proposal = _proposal(conversation, words, counts, names, exact, at, row)
            if proposal:
                yield proposal
                step = last - place + 1
                break
        place += step


def _proposal(
    conversation: TokenizedConversation,
    words: Language,
    counts: Counter[str],
    names: Mapping[int, Sequence[_Name]],
    exact: Iterable[str],
    at: int,
    row: Sequence[Token],
) -> CorrectionProposal | None:
    heard = conversation.text[row[0].start : row[-1].end]
    if any(word.text in exact for word in row) or _is_code(conversation.text, row):
        return None
    if words.is_stop(row[0].lower) or words.is_stop(row[-1].lower):
        return None
    alone = len(row) == 1
    unknown = [word for word in row if not _is_known(word, words)]
    if alone and not unknown:
        return None
    best = _nearest(heard, names, bool(unknown), counts[heard] if alone else 0, counts)
    if best:
        name, likeness = best
        return _made(conversation, at, row, name.text, likeness, name.why)
    return None


def _is_code(text: str, row: Sequence[Token]) -> bool:
    """Whether the words are part of an address or of something that is typed: stephanlivera.com, json.decoder."""
    around = text[max(0, row[0].start - 1) : row[0].start] + text[row[-1].end : row[-1].end + 2]
    return _TYPED.search(around) is not None or any(_TYPED.search(word.text) for word in row)


def _is_known(word: Token, words: Language) -> bool:
    parts = [part for part in re.split(r"[-/'.]", word.lower) if part]
    return all(words.share(part) or part in words.nouns or part.isdigit() or _derived(part, words) for part in parts)


def _derived(word: str, words: Language) -> bool:
    """Whether the word is one of the dictionary with an ending more."""
    stems = [word.removesuffix(ending) for ending in _ENDINGS if word.endswith(ending) and len(word) > len(ending) + 2]
    return any(words.share(stem) > _COMMON or words.share(f"{stem}e") > _COMMON for stem in stems)


def _nearest(
    heard: str, names: Mapping[int, Sequence[_Name]], unknown: bool, times: int, counts: Counter[str]
) -> tuple[_Name, float] | None:
    """The name that was probably said, and how like it what was heard is, from 0 to 1."""
    letters = _letters(heard)
    if len(letters) < _LETTERS:
        return None
    sound = jellyfish.metaphone(heard).replace(" ", "")
    found: list[tuple[bool, float, str, _Name]] = []
    for length in range(len(letters) - 3, len(letters) + 4):
        for name in names.get(length, ()):
            likeness = Levenshtein.normalized_similarity(letters, name.letters)
            if letters == name.letters:  # else "white paper" for whitepaper is another way to write it
                usual = not name.text.islower() or counts[name.text] >= _USUAL
                fits = _CAPITAL.search(name.text) is not None or (usual and heard.lower() != name.text.lower())
            elif " " in heard and " " in name.text:
                fits = _one_word_differs(heard.lower().split(), name.text.lower().split(), counts)
            else:
                rarer = not times or times * 2 <= counts[name.text] or name.text not in counts
                spelled = likeness >= (_SPELLED if unknown else _SURELY_SPELLED) and letters[0] == name.letters[0]
                proper = not name.text.islower() or letters[0] == name.letters[0]
                sounds = len(sound) > 2 and sound == name.sound and likeness >= _SOUNDS and proper
                sounds = sounds and (unknown or not name.text.islower())
                fits = rarer and (unknown or " " in heard) and (spelled or sounds)
                fits = fits and not _inflected(letters, name.letters)
            if fits and _digits(heard) == _digits(name.text):
                found.append((_INNER.search(name.text) is not None, likeness, name.text, name))
    if any(name.text == heard for name in names.get(len(letters), ())):
        found = [each for each in found if each[0] and " " not in each[2]]  # "lane graph" may be said again and again
    if not found:
        return None
    _, likeness, _, name = max(found, key=lambda each: each[:3])
    return name, likeness


def _one_word_differs(heard: Sequence[str], name: Sequence[str], counts: Counter[str]) -> bool:
    """Whether two rows of words are the same but for one, which is spelled or sounds like the other's.

    The one that is heard may not be said more often than the other, in whatever case: of "lightning" and "lighting" the
    rarer is the misheard one.
    """
    pairs = [pair for pair in zip(heard, name, strict=False) if pair[0] != pair[1]]
    if len(heard) != len(name) or len(pairs) != 1:
        return False
    ((one, other),) = pairs
    if min(len(one), len(other)) < _SHORTEST or _inflected(one, other) or one[0] != other[0]:
        return False
    if sum(counts[form] for form in (one, one.capitalize())) > sum(
        counts[form] for form in (other, other.capitalize())
    ):
        return False
    return jellyfish.metaphone(one) == jellyfish.metaphone(other) or (
        Levenshtein.normalized_similarity(one, other) >= _SPELLED
    )


def _digits(text: str) -> str:
    return "".join(filter(str.isdigit, text))


def _inflected(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    stems = (short, short[:-1]) if short[-1] in "ey" else (short,)
    return any(long.startswith(stem) and long.removeprefix(stem) in _ENDINGS for stem in stems)


def _made(
    conversation: TokenizedConversation, at: int, row: Sequence[Token], means: str, likely: float, why: str
) -> CorrectionProposal | None:
    """The proposal for a row of words in a sentence; None where they do not stand so in the source."""
    span = conversation.span(at)
    heard = conversation.text[row[0].start : row[-1].end]
    before = conversation.text[conversation.sentences[at][0].start : row[0].start]
    places = anchors.spans(conversation.transcript.source, heard, span.start, span.end)
    number = len(anchors.spans(before, heard))
    if number >= len(places):
        return None
    place = SourceSpan(span.transcript, *places[number])
    passage = _passage(conversation.transcript.source, place, heard)
    return CorrectionProposal(place, passage, heard, means, why, likely) if passage else None


def _passage(source: str, place: SourceSpan, heard: str) -> str:
    """Words around a place that stand nowhere else, and that hold what was heard once; "" where there are none."""
    for size in _CONTEXT:
        before = re.findall(r"\S+\s*", source[max(0, place.start - _NEAR) : place.start])[-size:]
        after = re.findall(r"\s*\S+", source[place.end : place.end + _NEAR])[:size]
        words = " ".join("".join([*before, source[place.start : place.end], *after]).split())
        if len(anchors.spans(source, words)) == 1 and len(anchors.spans(words, heard)) == 1:
            return words
    return ""
