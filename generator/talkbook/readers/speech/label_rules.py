"""Rules that tell speakers' labels from other words before a colon."""

import json
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache

from talkbook.problems import Problem
from talkbook.text import speaker_labels

# Titles of sections that stand where a speaker's label would.
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
GLUED = r":(?=[^\W\d_]|[…—–\"“‘'(\[-])"  # a colon with no space after it: "AvW:…. and", "MF:The way"
# Whatever may stand before the colon of a label.
NAME = r"(?:[+@]?[^\W_][^\s:：*<>{}|=\\/\[\]][^:：*<>{}=\\\n\[\]]{0,56}(?:[ \t]\[[^\W\d][^:\[\]\n]{0,29}\])?|[^\W\d_])"


@lru_cache(maxsize=1024)  # a file has few labels, each of which is asked about for every head
def section(label: str) -> bool:
    """Return whether the label is the title of a section: "Break", "Outro"."""
    return _SECTIONS.fullmatch(label.strip(" :*_").casefold()) is not None


def plausible(label: str) -> bool:
    """Return whether the label has the form of a name: up to six capitalised words, or any one word."""
    name = _bare(label)
    words = _words(name)
    if not 0 < len(words) <= 6 or _OTHERS.fullmatch(name.casefold()) or _STOP.search(name):
        return False
    return len(words) == 1 or capitals(name)


def capitals(name: str) -> bool:
    """Return whether each word of a name is capitalised (in scripts with case) or is a particle, as in "van Rossum"."""
    words = _words(name)
    return all(_capital(word) or _PARTICLES.fullmatch(word.casefold()) is not None for word in words)


def possible(label: str) -> bool:
    """Return whether the label could be a name if we are lenient about its form: "the baker", "jonas keller"."""
    return len(_words(label)) <= 4 and not other(label) and not _SENTENCE.search(label)


def strong(label: str) -> bool:
    """Return whether the label by itself looks like a speaker's: two capitalised words, initials, "Speaker 1"."""
    name = _bare(label)
    if speaker_labels.anonymous(label) and (len(label) > 1 or label.isupper()):
        return True
    capitals = sum(word[0].isupper() for word in name.split())
    return plausible(label) and (capitals >= 2 or (len(name) > 1 and name.isupper()))


def accept(labels: Iterable[str], paragraphs: int = 0) -> frozenset[str]:
    """Return which of the labels found in a file are speakers'.

    labels: every occurrence of something that stands where a label would.
    paragraphs: the number of paragraphs in the file. If at least a quarter of them start with a certain label, labels
        that occur once and less name-like ones that recur are accepted as well.
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
    """Return whether the label starts so many paragraphs that it must name someone, whatever its form: "the baker"."""
    return count > 2 and count * _SELDOM >= paragraphs and possible(label)


def doubtful(labels: Sequence[str], accepted: frozenset[str], paragraphs: int) -> frozenset[str]:
    """Return the labels that were not accepted but may be speakers', as nearly every paragraph starts with a label."""
    if len(labels) < paragraphs * NEARLY_ALL or not accepted:
        return frozenset()
    return frozenset(label for label in labels if label not in accepted and possible(label))


def doubt(label: str, words: str, path: str, line: int) -> Problem:
    """Return the warning that a label may be a speaker's name or just the beginning of what is said."""
    message = f'"{label}" may be a name or something that somebody says, so the speaker here is left open.'
    start = json.dumps(" ".join(words.partition("\n")[0].split()[:8]), ensure_ascii=False)
    hint = f"Say who it is in the sidecar: turns: [{{ada: {start}}}]."
    return Problem(path, line, message, hint, warning=True)


_SELDOM = 20  # a recurring label starts at least one in this many paragraphs
NEARLY_ALL = 0.95


def _words(text: str) -> list[str]:
    """Return the parts between white space that have a letter or a digit."""
    return [word for word in text.split() if _LETTER.search(word)]


def _bare(label: str) -> str:
    """Return the label without a role such as "(host)" or any other bracket at its end."""
    name = speaker_labels.tidy(label)[0]
    return _BRACKET.sub("", name) or name


def _capital(word: str) -> bool:
    start = word.lstrip("(\"'“‘.#@+")[:1]
    return any(map(str.isupper, word)) or (not start.islower() and (start.isalnum() or word.endswith(")") or not start))


def other(label: str) -> bool:
    """Return whether the label is a known word before a colon that names neither a person nor a section: "Note"."""
    return _OTHERS.fullmatch(label.strip().casefold()) is not None
