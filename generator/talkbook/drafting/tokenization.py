"""A transcript as drafting reads it: its words, sentence by sentence, and whose they are."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from talkbook.drafting import definitions, language
from talkbook.drafting.proposals import SourceSpan
from talkbook.model import Transcript
from talkbook.transcripts import spoken_text

_WORD = re.compile(r"[^\W_]+(?:(?:[-'’.+/&]|(?<=\d),(?=\d{3}))[^\W_]+)*[+#]*")
_POSSESSIVE = re.compile(r"['’]s$")
_NOTE = re.compile(r"\\?\[[^\]\n]{0,200}\]")  # what a transcriber noted: [laughter], [unintelligible 00:12:01]
_PLURAL = re.compile(r"([A-Z][A-Z0-9]+)s")
_NAMING = re.compile(rf"{definitions.NAMING}\Z", re.IGNORECASE)
_BEFORE = 40  # characters before a name in which it is given as one
_SHOUTED = 0.7  # share of capitals from which they say nothing of a word


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a sentence, without a genitive's ending.

    text: as it stands at [start, end) of the conversation's text. lower: in lower case, without the plural's s of an
    acronym. joined: whether nothing but white space lies between it and the word before in the sentence.
    """

    start: int
    end: int
    text: str
    lower: str
    joined: bool


@dataclass(frozen=True, slots=True)
class TokenizedConversation:
    """A transcript taken apart.

    text: what is said, as shown, notes of the transcriber blanked out. sentences: the words of each. ends: where each
    ends in the text. spans: (start, end) of each in the transcript's source. turns: the index of each sentence's turn.
    language: its code, "" where it is not known. shouted: whether all is in capitals.
    """

    transcript: Transcript
    text: str
    sentences: Sequence[Sequence[Token]]
    ends: Sequence[int]
    spans: Sequence[tuple[int, int]]
    turns: Sequence[int]
    language: str
    shouted: bool

    @property
    def word_count(self) -> int:
        """How many words are said."""
        return sum(map(len, self.sentences))

    def asks(self, sentence: int) -> bool:
        """Whether the sentence ends with a question mark."""
        return self.text[self.ends[sentence] - 1] == "?"

    def is_named_at(self, place: int) -> bool:
        """Whether what begins at a place of the text is given as a name: "a method that we call ..."."""
        return _NAMING.search(self.text, max(0, place - _BEFORE), place) is not None

    def span(self, sentence: int) -> SourceSpan:
        """Where the sentence stands in the source."""
        return SourceSpan(self.transcript.slug, *self.spans[sentence])

    def speaker(self, sentence: int) -> str | None:
        """Who says the sentence: a person's slug, None where it is not known."""
        return self.transcript.turns[self.turns[sentence]].speaker


def read(transcript: Transcript) -> TokenizedConversation:
    """The transcript, taken apart."""
    said = spoken_text.from_spans(
        transcript.source, transcript.edits, [(turn.start, turn.end) for turn in transcript.turns]
    )
    text = _NOTE.sub(lambda note: "\n" * len(note[0]), said.view.text)
    sentences = [_words(text, start, end) for start, end in said.sentences]
    firsts = said.begins.tolist()
    turns = [at for at, (first, last) in enumerate(pairwise(firsts)) for _ in range(first, last)]
    lower = Counter(word.lower for words in sentences for word in words)
    capitals, small = sum(map(str.isupper, text)), sum(map(str.islower, text))
    return TokenizedConversation(
        transcript,
        text,
        sentences,
        [end for _, end in said.sentences],
        list(zip(said.starts.tolist(), said.ends.tolist(), strict=True)),
        turns,
        language.detect(lower.elements()),
        capitals > _SHOUTED * (capitals + small),
    )


def _words(text: str, start: int, end: int) -> list[Token]:
    words: list[Token] = []
    before = -1
    for match in _WORD.finditer(text, start, end):
        whole = _POSSESSIVE.sub("", match[0])
        plural = _PLURAL.fullmatch(whole)
        lower = (plural[1] if plural else whole).lower().replace("’", "'")
        joined = before >= 0 and text[before : match.start()].removeprefix("-").isspace()  # "post- training", too
        words.append(Token(match.start(), match.start() + len(whole), whole, lower, joined))
        before = match.end() if whole == match[0] else -1  # a genitive ends a term
    return words
