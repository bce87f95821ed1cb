"""Split a transcript into sentences and words, for drafting."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from talkbook.drafting import definitions, language
from talkbook.drafting.proposals import SourceSpan
from talkbook.model import Transcript
from talkbook.readers.speech import sounds
from talkbook.transcripts import spoken_text

_WORD = re.compile(r"[^\W_]+(?:(?:[-'’.+/&]|(?<=\d),(?=\d{3}))[^\W_]+)*[+#]*")
_POSSESSIVE = re.compile(r"['’]s$")
_NOTE = re.compile(  # a transcriber's note: [laughter], [unintelligible 00:12:01], (unclear)
    rf"\\?\[[^\]\n]{{0,200}}\]|{sounds.ROUND.pattern}", re.IGNORECASE
)
_PLURAL = re.compile(r"([A-Z][A-Z0-9]+)s")
_NAMING = re.compile(rf"{definitions.NAMING}\Z", re.IGNORECASE)
_BEFORE = 40  # characters before a name that are searched for an introduction
_SHOUTED = 0.7  # share of capitals among the letters from which they mean nothing


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a sentence, without a genitive ending.

    start, end: offsets in the conversation's text.
    text: the word as written.
    lower: the word in lower case, without the plural "s" of an acronym.
    joined: whether only white space separates it from the previous word of the sentence.
    """

    start: int
    end: int
    text: str
    lower: str
    joined: bool


@dataclass(frozen=True, slots=True)
class TokenizedConversation:
    """A transcript, split into sentences and words.

    text: what is said, as shown, with transcribers' notes blanked out.
    sentences: the words of each sentence.
    ends: where each sentence ends in `text`.
    spans: (start, end) of each sentence in the source.
    turns: the index of each sentence's turn.
    language: its code, or "" if it is unknown.
    shouted: whether the text is in capitals.
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
        """The number of words."""
        return sum(map(len, self.sentences))

    def asks(self, sentence: int) -> bool:
        """Return whether the sentence ends with a question mark."""
        return self.text[self.ends[sentence] - 1] == "?"

    def is_named_at(self, place: int) -> bool:
        """Return whether what begins at this offset of `text` is introduced as a name: "a method that we call ..."."""
        return _NAMING.search(self.text, max(0, place - _BEFORE), place) is not None

    def span(self, sentence: int) -> SourceSpan:
        """Return where the sentence is in the source."""
        return SourceSpan(self.transcript.slug, *self.spans[sentence])

    def speaker(self, sentence: int) -> str | None:
        """Return the slug of the person who says the sentence, or None if it is unknown."""
        return self.transcript.turns[self.turns[sentence]].speaker


def read(transcript: Transcript) -> TokenizedConversation:
    """Split a transcript into sentences and words, and detect its language."""
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
