"""Find words that were probably misheard, by comparing their sound and spelling with names that are certain.

Names are certain if the conversation repeats them, or if topics, people or speakers have them. A single word from the
dictionary is never corrected, as nothing shows that it was misheard.
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

_LONGEST = 3  # words that may be one misheard name
_LETTERS = 5  # minimum number of letters of a name; shorter ones resemble too many words
_SPELLED = 0.82  # similarity, from 0 to 1, from which two names are spelled alike
_SURELY_SPELLED = 0.9  # the same if what was heard consists of common words
_SOUNDS = 0.55  # the same if both sound the same
_SHORTEST = 4  # minimum number of letters of the one word in which two phrases may differ
_USUAL = 5  # occurrences of a word from which other spellings are mistakes
_SURE = 2  # occurrences from which a name is certain
_COMMON = 2e-7  # share of all words from which derivatives of a dictionary's word are known, too
_INNER = re.compile(r"[a-z][A-Z]|^[A-Z]{2,}[a-z]?$|\w-\w")
_CAPITAL = re.compile(r"[a-z][A-Z]")
_TYPED = re.compile(r"[/@_#=]|\.\w")
_NOT_LETTERS = re.compile(r"[\W_]+")
_ENDINGS = tuple("s es ies ed d er ers ing ly y able ize ized izing ness ish less".split())
_NEAR = 200  # characters before and after a place that are searched for these words
_CONTEXT = (3, 5, 8, 12)  # words on either side that identify a place, tried in order


@dataclass(frozen=True, slots=True)
class _Name:
    """A name that is certain. letters: in lower case. sound: its Metaphone code. why: how it is known."""

    text: str
    letters: str
    sound: str
    why: str


@dataclass(frozen=True, slots=True)
class _Setting:
    """A conversation and the names with which its words are compared.

    counts: word as written -> occurrences.
    names: number of letters -> names of that length.
    exact: the texts of all names.
    """

    conversation: TokenizedConversation
    words: Language
    counts: Counter[str]
    names: Mapping[int, Sequence[_Name]]
    exact: Set[str]


def propose(conversation: TokenizedConversation, words: Language, known: Mapping[str, str]) -> list[CorrectionProposal]:
    """Return the corrections for a conversation, in order of place; none if it is in capitals.

    known: name that is certain -> what it is, as a phrase. Names that the conversation repeats needn't be included.
    """
    if conversation.shouted:
        return []
    counts = Counter(word.text for sentence in conversation.sentences for word in sentence)
    names = list(_names(words, counts, known))
    spelled = {name.letters for name in names if _INNER.search(name.text)}  # DeepMind rules out "deep mind"
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
    """Yield the corrections for a sentence, with the longest possible run of words at each place."""
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
    heard = " ".join(text[row[0].start : row[-1].end].split())  # a line may end between the words
    nearest = _nearest(setting, heard, unknown, setting.counts[heard] if len(row) == 1 else 0)
    return _located(setting.conversation, at, row, *nearest) if nearest else None


def _is_code(text: str, row: Sequence[Token]) -> bool:
    """Return whether the words are part of an address or of code: stephanlivera.com, json.decoder."""
    around = text[max(0, row[0].start - 1) : row[0].start] + text[row[-1].end : row[-1].end + 2]
    return _TYPED.search(around) is not None or any(_TYPED.search(word.text) for word in row)


def _is_known(word: Token, words: Language) -> bool:
    parts = [part for part in re.split(r"[-/'.]", word.lower) if part]
    return all(words.share(part) or part in words.nouns or part.isdigit() or _derived(part, words) for part in parts)


def _derived(word: str, words: Language) -> bool:
    """Return whether the word is a common word of the dictionary with an ending."""
    stems = [word.removesuffix(ending) for ending in _ENDINGS if word.endswith(ending) and len(word) > len(ending) + 2]
    return any(words.share(stem) > _COMMON or words.share(f"{stem}e") > _COMMON for stem in stems)


def _nearest(setting: _Setting, heard: str, unknown: bool, times: int) -> tuple[_Name, float] | None:
    """Return the name that was probably said, and its similarity to what was heard, from 0 to 1; None if none fits.

    unknown: whether a word of `heard` isn't in the dictionary.
    times: occurrences of `heard`, or 0 if it has several words.
    """
    letters = _letters(heard)
    if len(letters) < _LETTERS:
        return None
    sound = jellyfish.metaphone(heard).replace(" ", "")
    near = [name for length in range(len(letters) - 3, len(letters) + 4) for name in setting.names.get(length, ())]
    matches = []
    for name in near:
        likeness = Levenshtein.normalized_similarity(letters, name.letters)
        if letters == name.letters:  # otherwise "white paper" is only a variant of whitepaper
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
        matches = [match for match in matches if match[0] and " " not in match[2]]  # as for "lane graph", if frequent
    if not matches:
        return None
    _, likeness, _, name = max(matches, key=lambda match: match[:3])
    return name, likeness


def _one_word_differs(heard: Sequence[str], name: Sequence[str], counts: Counter[str]) -> bool:
    """Return whether two phrases differ in one word only, which is spelled alike or sounds the same.

    The word that was heard mustn't be the more frequent one: of "lightning" and "lighting", the rarer was misheard.
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
    """Return the correction for a run of words in a sentence; None if they can't be found in the source."""
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
    """Return words around a place that are unique in the source and contain `heard` once; "" if there are none."""
    for size in _CONTEXT:
        before = re.findall(r"\S+\s*", source[max(0, place.start - _NEAR) : place.start])[-size:]
        after = re.findall(r"\s*\S+", source[place.end : place.end + _NEAR])[:size]
        words = " ".join("".join([*before, source[place.start : place.end], *after]).split())
        if len(anchors.spans(source, words)) == 1 and len(anchors.spans(words, heard)) == 1:
            return words
    return ""
