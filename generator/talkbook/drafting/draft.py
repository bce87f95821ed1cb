"""Everything that is proposed for a book."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from itertools import chain

from talkbook.book.build import Book
from talkbook.drafting import (
    candidates,
    conversation,
    corrections,
    details,
    language,
    logistic,
    sections,
    speakers,
    topics,
)
from talkbook.drafting.conversation import TokenizedConversation
from talkbook.drafting.language import Language
from talkbook.drafting.proposals import CorrectionProposal, SectionProposal, TopicProposal
from talkbook.drafting.speakers import SpeakerDraft
from talkbook.drafting.terms import Term
from talkbook.model import Speaker, Transcript
from talkbook.readers.speech.speech import Utterance
from talkbook.text import ids

_LONG = 10_000  # characters of a conversation in which sections are missed
_SURE = 100  # likeliest topics of a conversation that are taken for what is really said
_TERMS = 200  # likeliest topics of a conversation that titles of sections are made of


@dataclass(frozen=True, slots=True)
class Drafts:
    """What is proposed, and of which conversations less is than of others.

    speakers: slug of a transcript -> who speaks in it, where neither its file nor its sidecar says so.
    details: slug of a transcript -> what its own words say of it, as details.find() gives it.
    undrafted: slug of a transcript -> what nobody looked for in it, and why; a clause.
    """

    topics: tuple[TopicProposal, ...] = ()
    sections: tuple[SectionProposal, ...] = ()
    corrections: tuple[CorrectionProposal, ...] = ()
    speakers: Mapping[str, SpeakerDraft] = field(default_factory=dict)
    details: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    undrafted: Mapping[str, str] = field(default_factory=dict)


def draft(
    book: Book, refused: Iterable[str] = (), shown: Callable[[Iterable[Transcript]], Iterable[Transcript]] = iter
) -> Drafts:
    """What is proposed for the book, beside what is written there.

    refused: names of topics that were proposed before. shown: gives back the transcripts one by one, and may tell
    somebody how far that is.
    """
    known = [*refused, *(name for topic in book.topics for name in topic.names)]
    by_language: dict[str, list[TokenizedConversation]] = defaultdict(list)
    cuts: list[SectionProposal] = []
    spoken: dict[str, SpeakerDraft] = {}
    mended: list[CorrectionProposal] = []
    for transcript in shown(book.transcripts):
        each = conversation.read(transcript)
        speaking = _speakers(each)
        if speaking.turns:
            spoken[transcript.slug] = speaking
            each = replace(each, transcript=_with(transcript, speaking))
        by_language[each.language].append(each)
        if each.language == language.ENGLISH:
            words = language.load(each.language)
            terms = topics.rank(each, words, candidates.find(each, words), logistic.load("topic_weights"), _TERMS)
            slips = corrections.propose(each, words, _surely_said(book, each, terms))
            heard = {correction.heard.lower() for correction in slips}
            cuts += _sections(each, words, [pair for pair in terms if pair[0].form.lower() not in heard])
            mended += slips
    proposed: list[TopicProposal] = []
    for code, here in by_language.items():
        if code:
            weights = logistic.load("topic_weights")
            misheard = {each.heard.lower(): each.means for each in mended}
            proposed += topics.propose(here, language.load(code), weights, known, misheard)
    proposed.sort(key=lambda each: (-each.probability, each.title))
    return Drafts(
        tuple(topics.apart(proposed)),
        tuple(cuts),
        tuple(mended),
        spoken,
        details.find(chain.from_iterable(by_language.values())),
        dict(_undrafted(by_language, {each.place.transcript for each in cuts})),
    )


def _speakers(each: TokenizedConversation) -> SpeakerDraft:
    """Who probably speaks, in English, where nothing says it, and the file tells apart no voices or two."""
    transcript = each.transcript
    if transcript.speakers or transcript.drafted or transcript.unnamed not in (0, 2):
        return SpeakerDraft()
    if each.language != language.ENGLISH:
        return SpeakerDraft()
    return speakers.propose(transcript.source, [Utterance(turn.start, turn.end) for turn in transcript.turns])


def _with(transcript: Transcript, found: SpeakerDraft) -> Transcript:
    """The transcript with the names of those who probably speak: they are no topics."""
    people = tuple(Speaker(ids.slug(each.name), each.name, drafted=True) for each in found.speakers)
    return replace(transcript, drafted=transcript.drafted + people)


def _sections(
    each: TokenizedConversation, words: Language, terms: Sequence[tuple[Term, float]]
) -> list[SectionProposal]:
    if any(section.kind != "break" for section in each.transcript.sections):
        return []
    return sections.propose(each, words, logistic.load("section_weights"), terms)


def _surely_said(book: Book, each: TokenizedConversation, terms: Sequence[tuple[Term, float]]) -> Mapping[str, str]:
    """Names that words may be corrected to -> what they are."""
    return {
        **{term.form: "a term of this conversation" for term, _ in terms[:_SURE] if " " in term.form},
        **{speaker.name: "a speaker here" for speaker in each.transcript.speakers},
        **{person.name: "a person" for person in book.people},
        **{name: "a topic" for topic in book.topics if topic.status != "proposed" for name in topic.names},
    }


def _undrafted(by_language: Mapping[str, Iterable[TokenizedConversation]], cut: Set[str]) -> Iterator[tuple[str, str]]:
    for code, here in by_language.items():
        for each in here:
            if not code:
                yield each.transcript.slug, "nothing is proposed, for its language is not known"
            elif topics.is_short(each):
                yield each.transcript.slug, "no topics are proposed, for hardly anything is said"
            elif code != language.ENGLISH:
                yield each.transcript.slug, "only topics are proposed, for it is not in English"
            elif (
                len(each.transcript.source) > _LONG and not each.transcript.sections and each.transcript.slug not in cut
            ):
                yield each.transcript.slug, "no sections are proposed, for nothing tells where they begin"
