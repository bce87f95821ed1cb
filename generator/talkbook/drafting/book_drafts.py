"""Draft everything that can be proposed for a book."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace

from talkbook.book.book import Book
from talkbook.drafting import (
    candidates,
    corrections,
    details,
    language,
    logistic,
    sections,
    speaker_attribution,
    speaker_metadata,
    tokenization,
    topic_ranking,
    topics,
)
from talkbook.drafting.language import Language
from talkbook.drafting.proposals import CorrectionProposal, SectionProposal, TopicProposal
from talkbook.drafting.speaker_attribution import SpeakerDraft
from talkbook.drafting.terms import Term
from talkbook.drafting.tokenization import TokenizedConversation
from talkbook.model import Speaker, Transcript
from talkbook.readers.speech.speech import Utterance
from talkbook.text import ids

_LONG = 10_000  # characters; a longer conversation should have sections
_SURE = 100  # terms of a conversation that are taken for certainly said, the most likely topics
_TERMS = 200  # terms of a conversation that are ranked; titles of sections are made of all of them


@dataclass(frozen=True, slots=True)
class Drafts:
    """Everything that is proposed for a book, and what couldn't be drafted.

    speakers: slug of a transcript -> who probably speaks, if neither its file nor its sidecar says so.
    details: slug of a transcript -> key of its sidecar -> value; see details.find().
    undrafted: slug of a transcript -> what isn't proposed for it, and why, as a clause.
    """

    topics: tuple[TopicProposal, ...] = ()
    sections: tuple[SectionProposal, ...] = ()
    corrections: tuple[CorrectionProposal, ...] = ()
    speakers: Mapping[str, SpeakerDraft] = field(default_factory=dict)
    details: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    undrafted: Mapping[str, str] = field(default_factory=dict)


def propose(
    book: Book, refused: Iterable[str] = (), track: Callable[[Iterable[Transcript]], Iterable[Transcript]] = iter
) -> Drafts:
    """Return proposals for everything that the book lacks.

    refused: names of topics that were proposed before.
    track: wraps the iteration over the transcripts, for example to show progress.
    """
    known = [*refused, *(name for topic in book.topics for name in topic.names)]
    every: list[TokenizedConversation] = []
    ranked: dict[str, list[tuple[TokenizedConversation, Sequence[tuple[Term, float]]]]] = defaultdict(list)
    cuts: list[SectionProposal] = []
    speaking: dict[str, SpeakerDraft] = {}
    fixes: list[CorrectionProposal] = []
    weights = logistic.load("topic_weights")
    regulars = _regulars(book)
    for transcript in track(book.transcripts):
        tokenized = tokenization.read(transcript)
        if (proposal := _speakers(tokenized, regulars.get(transcript.show, ()))).turns:
            speaking[transcript.slug] = proposal
            tokenized = replace(tokenized, transcript=_with_speakers(transcript, proposal))
        every.append(tokenized)
        if not tokenized.language:
            continue
        words = language.load(tokenized.language)
        terms = topic_ranking.rank(tokenized, words, candidates.find(tokenized, words), weights, _TERMS)
        ranked[tokenized.language].append((tokenized, terms))
        if tokenized.language == language.ENGLISH:
            corrected = corrections.propose(tokenized, words, _certain_words(book, tokenized, terms))
            misheard = {fix.heard.lower() for fix in corrected}
            cuts += _sections(tokenized, words, [pair for pair in terms if pair[0].form.lower() not in misheard])
            fixes += corrected
    means = {fix.heard.lower(): fix.means for fix in fixes}
    proposed = [
        proposal
        for code, conversations in ranked.items()
        for proposal in topics.propose(conversations, language.load(code), known, means)
    ]
    proposed.sort(key=lambda proposal: (-proposal.probability, proposal.title))
    with_sections = {section.place.transcript for section in cuts}
    undrafted = {tokenized.transcript.slug: _undrafted(tokenized, with_sections) for tokenized in every}
    return Drafts(
        tuple(topics.without_shared_names(proposed)),
        tuple(cuts),
        tuple(fixes),
        speaking,
        details.find(every),
        {slug: reason for slug, reason in undrafted.items() if reason},
    )


def _regulars(book: Book) -> Mapping[str, Sequence[Collection[str]]]:
    """Return name of a show -> the names of the speakers in each of its conversations, if they are stated."""
    found: dict[str, list[Collection[str]]] = defaultdict(list)
    for transcript in book.transcripts:
        if transcript.show and transcript.speakers:
            found[transcript.show].append([speaker.name for speaker in transcript.speakers])
    return found


def _speakers(tokenized: TokenizedConversation, others: Sequence[Collection[str]]) -> SpeakerDraft:
    """Return who probably speaks, if the conversation is in English and nothing names or proposes speakers yet.

    Nothing is drafted if the file distinguishes one voice, or more than two.

    others: the names of the speakers in each of the show's other conversations.
    """
    transcript = tokenized.transcript
    if transcript.speakers or transcript.drafted or transcript.unnamed not in (0, 2):
        return SpeakerDraft()
    if tokenized.language != language.ENGLISH:
        return SpeakerDraft()
    proposal = speaker_attribution.propose(
        transcript.source, [Utterance(turn.start, turn.end) for turn in transcript.turns]
    )
    proposal = speaker_metadata.with_introduced(proposal, transcript.introduced)
    if any(edit.kind == "private" for edit in transcript.edits):
        return proposal  # it may be private who takes part
    return speaker_metadata.with_regulars(proposal, others)


def _with_speakers(transcript: Transcript, proposal: SpeakerDraft) -> Transcript:
    """Return the transcript with the proposed speakers, so that their names aren't taken for topics."""
    people = (Speaker(ids.slug(speaker.name), speaker.name, drafted=True) for speaker in proposal.speakers)
    return replace(transcript, drafted=(*transcript.drafted, *people))


def _sections(
    tokenized: TokenizedConversation, words: Language, terms: Sequence[tuple[Term, float]]
) -> list[SectionProposal]:
    if any(section.kind != "break" for section in tokenized.transcript.sections):
        return []
    return sections.propose(tokenized, words, logistic.load("section_weights"), terms)


def _certain_words(
    book: Book, tokenized: TokenizedConversation, terms: Sequence[tuple[Term, float]]
) -> Mapping[str, str]:
    """Return name -> what it is, for the names to which misheard words may be corrected."""
    return {
        **{term.form: "a term of this conversation" for term, _ in terms[:_SURE] if " " in term.form},
        **{speaker.name: "a speaker here" for speaker in tokenized.transcript.speakers},
        **{person.name: "a person" for person in book.people},
        **{name: "a topic" for topic in book.topics if topic.status != "proposed" for name in topic.names},
    }


def _undrafted(tokenized: TokenizedConversation, with_sections: Set[str]) -> str:
    """Return what isn't proposed for a conversation, and why, as a clause; "" if nothing is missing."""
    transcript = tokenized.transcript
    if not tokenized.language:
        return "nothing is proposed, because its language is unknown"
    if topics.is_short(tokenized):
        return "no topics are proposed, because hardly anything is said"
    if tokenized.language != language.ENGLISH:
        return "only topics are proposed, because it isn't in English"
    if transcript.sections or transcript.slug in with_sections or len(transcript.source) <= _LONG:
        return ""
    return "no sections are proposed, because nothing shows where they begin"
