"""Telling the labels of speakers from other words before a colon."""

import json
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache

from talkbook.problems import Problem
from talkbook.text import speaker_labels

# Sections of a recording that are written where a name would stand.
_SECTIONS = re.compile(
    r"break|ad break|ads|ad|advert|advertisement|commercial|commercial break|sponsor|sponsors|sponsor break|"
    r"mid-roll|pre-roll|intro|outro|introduction|jingle|promo|music|song|interlude|theme|theme song|theme music|"
    r"bumper|sting|stinger|teaser|trailer|cold open|transition|credits|shout out|pausa|pause|intermission|segue|"
    r"(?:clip|extract|excerpt)s?(?: from .*)?|.+ (?:clip|jingle|theme|soundtrack|commercial)"
)
# Words before a colon that are neither a person nor a section.
_OTHERS = re.compile(
    r"note|notes|nb|n\.b|ps|p\.s|http|https|ftp|mailto|summary|agenda|topic|topics|example|examples|warning|tip|"
    r"tips|update|edit|disclaimer|source|sources|slides|video|audio|transcript|transcript by|transcribed by|"
    r"transcription|translation|date|time|duration|title|tags|links|link|reference|references|location|step|"
    r"part|chapter|chapters|section|attendees|participants|attendance|speakers|media|author|recorded|published|"
    r"side note|aside|related|spoiler|fact|fun fact|correction|important|editor's note|editor’s note|ed|caveat|"
    r"tldr|tl;dr|conclusion|abstract|description|show notes|kind|language|monday|tuesday|wednesday|thursday|"
    r"friday|saturday|sunday|e\.g|i\.e|subject|re|from|to|cc|url|email|website|twitter|github|search in video|"
    r"meeting date/time|meeting duration|moderator notes|action items|action item|next steps|decision|decisions|"
    r"todo|podcast|episode|youtube"
)
_PARTICLES = re.compile(
    r"de|da|di|del|della|der|den|van|von|of|the|and|y|e|la|le|les|al|el|bin|ibn|ter|zu|dos|das|du|st|\&|\+"
)
_LETTER = re.compile(r"\w")
_BRACKET = re.compile(r"(?:(?<!\s)\s+)?[(\[][^()\[\]]*[)\]]$")
_SENTENCE = re.compile(r"[!?;…]|//")
_STOP = re.compile(rf"{_SENTENCE.pattern}|\.\s+\w+\s+\w+\s|\s-\s|--")
GLUED = r":(?=[^\W\d_]|[…—–\"“‘'(\[-])"  # a colon without a space behind it: "AvW:…. and", "MF:The way"
# What may stand before a colon at all.
NAME = r"(?:[+@]?[^\W_][^\s:：*<>{}|=\\/\[\]][^:：*<>{}=\\\n\[\]]{0,56}(?:[ \t]\[[^\W\d][^:\[\]\n]{0,29}\])?|[^\W\d_])"


@lru_cache(maxsize=1024)  # of the few labels that a file has, every head asks
def section(label: str) -> bool:
    """Whether the label is the title of a section: "Break", "Outro"."""
    return _SECTIONS.fullmatch(label.strip(" :*_").casefold()) is not None


def plausible(label: str) -> bool:
    """Whether the label has the form of a name: few words, each with a capital, or one word."""
    name = _bare(label)
    words = _words(name)
    if not 0 < len(words) <= 6 or _OTHERS.fullmatch(name.casefold()) or _STOP.search(name):
        return False
    return len(words) == 1 or capitals(name)


def capitals(name: str) -> bool:
    """Whether each word of a name has a capital, if its script knows them, or is a particle as in "van Rossum"."""
    words = _words(name)
    return all(_capital(word) or _PARTICLES.fullmatch(word.casefold()) is not None for word in words)


def possible(label: str) -> bool:
    """Whether the label may be a name if nothing but its form speaks against it: "the baker", "jonas keller"."""
    return len(_words(label)) <= 4 and not other(label) and not _SENTENCE.search(label)


def strong(label: str) -> bool:
    """Whether the label alone looks like a speaker's: two words with capitals, initials, "Speaker 1"."""
    name = _bare(label)
    if speaker_labels.anonymous(label) and (len(label) > 1 or label.isupper()):
        return True
    capitals = sum(word[0].isupper() for word in name.split())
    return plausible(label) and (capitals >= 2 or (len(name) > 1 and name.isupper()))


def accept(labels: Iterable[str], paragraphs: int = 0) -> frozenset[str]:
    """Which of the labels found in a file are its speakers'.

    labels: all that stand where a speaker's might, as often as they do. paragraphs: of the file; where a
    good part of them starts with a label that is sure, the single ones and those that recur are believed as well.
    """
    counts = Counter(labels)
    sure = {
        label
        for label, count in counts.items()
        if (count > 1 and (plausible(label) or speaker_labels.anonymous(label)))
        or (strong(label) and (len(counts) > 1 or label.isupper() or speaker_labels.anonymous(label)))
        or section(label)
    }
    people = sum(counts[label] for label in sure if not section(label))
    if people and people * 4 >= paragraphs:
        sure.update(label for label in counts if plausible(label) and label[0].isupper())
        known = {_bare(label).casefold() for label in sure}
        sure.update(
            label
            for label, count in counts.items()
            if recurs(label, count, paragraphs) or _bare(label).casefold() in known
        )
    return frozenset(sure) if people else frozenset()


def recurs(label: str, count: int, paragraphs: int) -> bool:
    """Whether the label starts so many of the paragraphs that it names somebody, whatever its form: "the baker"."""
    return count > 2 and count * _SELDOM >= paragraphs and possible(label)


def doubtful(labels: Sequence[str], accepted: frozenset[str], paragraphs: int) -> frozenset[str]:
    """Labels that may be speakers' too, for nearly every paragraph of the file starts with one."""
    if len(labels) < paragraphs * NEARLY_ALL or not accepted:
        return frozenset()
    return frozenset(label for label in labels if label not in accepted and possible(label))


def doubt(label: str, words: str, path: str, line: int) -> Problem:
    """What is said where nobody can tell whether a label names who says the words that begin with it."""
    message = f'"{label}" may be a name, and may be what somebody says, so who speaks here is left open.'
    start = json.dumps(" ".join(words.partition("\n")[0].split()[:8]), ensure_ascii=False)
    hint = f"Say it in the sidecar: turns: [{{ada: {start}}}]."
    return Problem(path, line, message, hint, warning=True)


_SELDOM = 20  # a label that starts fewer than one paragraph in so many is seldom
NEARLY_ALL = 0.95


def _words(text: str) -> list[str]:
    """What stands between white space and has a letter or a digit."""
    return [word for word in text.split() if _LETTER.search(word)]


def _bare(label: str) -> str:
    """The label without a role such as "(host)", and without any other bracket behind it."""
    name = speaker_labels.tidy(label)[0]
    return _BRACKET.sub("", name) or name


def _capital(word: str) -> bool:
    start = word.lstrip("(\"'“‘.#@+")[:1]
    return any(map(str.isupper, word)) or (not start.islower() and (start.isalnum() or word.endswith(")") or not start))


def other(label: str) -> bool:
    """Whether the label is a word that stands before a colon and names neither a person nor a section."""
    return _OTHERS.fullmatch(label.strip().casefold()) is not None
