"""Words that were probably misheard, and what was probably said: by sound and spelling, against what is surely said.

What is surely said are names that the conversation, the project's topics and its people use again and again. A word of
the dictionary alone is never taken for another: nothing in it tells that it was misheard.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass

import jellyfish
from rapidfuzz.distance import Levenshtein

from talkbook.drafting.language import Language
from talkbook.drafting.proposals import CorrectionProposal, SourceSpan
from talkbook.drafting.tokenization import Token, TokenizedConversation
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


@dataclass(frozen=True, slots=True)
class _Setting:
    """What is compared. counts: by the word as it stands. names: by their number of letters. exact: their texts."""

    conversation: TokenizedConversation
    words: Language
    counts: Counter[str]
    names: Mapping[int, Sequence[_Name]]
    exact: Set[str]


def propose(conversation: TokenizedConversation, words: Language, known: Mapping[str, str]) -> list[CorrectionProposal]:
    """What was probably misheard, in the order of the places.

    known: what is surely said, besides words that the conversation itself uses again and again -> what it is, a phrase.
    """
    if conversation.shouted:
        return []
    counts = Counter(word.text for sentence in conversation.sentences for word in sentence)
    names = list(_names(words, counts, known))
    spelled = {name.letters for name in names if _INNER.search(name.text)}  # DeepMind, where "deep mind" is said, too
    names = [name for name in names if _INNER.search(name.text) or name.letters not in spelled]
    by_length: dict[int, list[_Name]] = defaultdict(list)
    for name in names:
        by_length[len(name.letters)].append(name)
    setting = _Setting(conversation, words, counts, by_length, frozenset(name.text for name in names))
    return [proposal for at in range(len(conversation.sentences)) for proposal in _in_sentence(setting, at)]


def _letters(text: str) -> str:
    return _NOT_LETTERS.sub("", text).lower()


def _names(words: Language, counts: Counter[str], known: Mapping[str, str]) -> Iterator[_Name]:
    frequent = {text: f"said {count} times here" for text, count in counts.items() if count >= _SURE}
    for text, why in {**frequent, **known}.items():
        letters = _letters(text)
        is_name = (
            text in known
            or _INNER.search(text)
            or not any(map(words.share, (text.lower(), text.lower().removesuffix("s"))))
        )
        if len(letters) >= _LETTERS and is_name and not text.isdigit():
            yield _Name(text, letters, jellyfish.metaphone(" ".join(text.split("-"))).replace(" ", ""), why)


def _in_sentence(setting: _Setting, at: int) -> Iterator[CorrectionProposal]:
    """The proposals for a sentence: at each word, the longest row of words that is one."""
    sentence = setting.conversation.sentences[at]
    first = 0
    while first < len(sentence):
        for end in range(min(len(sentence), first + _LONGEST), first, -1):
            if proposal := _proposal(setting, at, sentence[first:end]):
                yield proposal
                first = end - 1
                break
        first += 1


def _proposal(setting: _Setting, at: int, row: Sequence[Token]) -> CorrectionProposal | None:
    text, words = setting.conversation.text, setting.words
    if not all(word.joined for word in row[1:]) or any(word.text in setting.exact for word in row):
        return None
    if _is_code(text, row) or words.is_stop(row[0].lower) or words.is_stop(row[-1].lower):
        return None
    unknown = not all(_is_known(word, words) for word in row)
    if len(row) == 1 and not unknown:
        return None
    heard = " ".join(text[row[0].start : row[-1].end].split())  # a line may end between its words
    nearest = _nearest(setting, heard, unknown, setting.counts[heard] if len(row) == 1 else 0)
    return _located(setting.conversation, at, row, *nearest) if nearest else None


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


def _nearest(setting: _Setting, heard: str, unknown: bool, times: int) -> tuple[_Name, float] | None:
    """The name that was probably said, and how like it what was heard is, from 0 to 1.

    unknown: whether a word of it is in no dictionary. times: how often it is said, 0 where it is several words.
    """
    letters = _letters(heard)
    if len(letters) < _LETTERS:
        return None
    sound = jellyfish.metaphone(heard).replace(" ", "")
    near = [name for length in range(len(letters) - 3, len(letters) + 4) for name in setting.names.get(length, ())]
    matches = []
    for name in near:
        likeness = Levenshtein.normalized_similarity(letters, name.letters)
        if letters == name.letters:  # else "white paper" for whitepaper is another way to write it
            usual = not name.text.islower() or setting.counts[name.text] >= _USUAL
            fits = _CAPITAL.search(name.text) is not None or (usual and heard.lower() != name.text.lower())
        elif " " in heard and " " in name.text:
            fits = _one_word_differs(heard.lower().split(), name.text.lower().split(), setting.counts)
        else:
            rarer = not times or times * 2 <= setting.counts[name.text] or name.text not in setting.counts
            begins_alike = letters[0] == name.letters[0]
            spelled = likeness >= (_SPELLED if unknown else _SURELY_SPELLED) and begins_alike
            sounds = len(sound) > 2 and sound == name.sound and likeness >= _SOUNDS
            sounds = sounds and (not name.text.islower() or (begins_alike and unknown))
            fits = rarer and (unknown or " " in heard) and (spelled or sounds)
            fits = fits and not _inflected(letters, name.letters)
        if fits and _digits(heard) == _digits(name.text):
            matches.append((_INNER.search(name.text) is not None, likeness, name.text, name))
    if any(name.text == heard for name in near):
        matches = [match for match in matches if match[0] and " " not in match[2]]  # "lane graph" may be said often
    if not matches:
        return None
    _, likeness, _, name = max(matches, key=lambda match: match[:3])
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
    times, others = (counts[word] + counts[word.capitalize()] for word in (one, other))
    if times > others:
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


def _located(
    conversation: TokenizedConversation, at: int, row: Sequence[Token], name: _Name, likeness: float
) -> CorrectionProposal | None:
    """The proposal for a row of words in a sentence; None where they do not stand so in the source."""
    span = conversation.span(at)
    heard = " ".join(conversation.text[row[0].start : row[-1].end].split())
    before = conversation.text[conversation.sentences[at][0].start : row[0].start]
    places = anchors.spans(conversation.transcript.source, heard, span.start, span.end)
    number = len(anchors.spans(before, heard))
    if number >= len(places):
        return None
    place = SourceSpan(span.transcript, *places[number])
    passage = _passage(conversation.transcript.source, place, heard)
    return CorrectionProposal(place, passage, heard, name.text, name.why, likeness) if passage else None


def _passage(source: str, place: SourceSpan, heard: str) -> str:
    """Words around a place that stand nowhere else, and that hold what was heard once; "" where there are none."""
    for size in _CONTEXT:
        before = re.findall(r"\S+\s*", source[max(0, place.start - _NEAR) : place.start])[-size:]
        after = re.findall(r"\s*\S+", source[place.end : place.end + _NEAR])[:size]
        words = " ".join("".join([*before, source[place.start : place.end], *after]).split())
        if len(anchors.spans(source, words)) == 1 and len(anchors.spans(words, heard)) == 1:
            return words
    return ""
