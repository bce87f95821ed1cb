"""Everything that is proposed for a book."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from talkbook.book.build import Book
from talkbook.drafting import conversation, language, logistic, topics
from talkbook.drafting.conversation import Conversation
from talkbook.drafting.proposals import TopicProposal


@dataclass(frozen=True, slots=True)
class Drafts:
    """What is proposed, and of which conversations less is than of others.

    undrafted: slug of a transcript -> why nothing was looked for in it.
    """

    topics: tuple[TopicProposal, ...] = ()
    undrafted: Mapping[str, str] = field(default_factory=dict)


def draft(book: Book, refused: Iterable[str] = ()) -> Drafts:
    """What is proposed for the book. refused: names of topics that were proposed before and that nobody wants."""
    known = [*refused, *(name for topic in book.topics for name in topic.names)]
    by_language: dict[str, list[Conversation]] = defaultdict(list)
    for each in map(conversation.read, book.transcripts):
        by_language[each.language].append(each)
    proposed: list[TopicProposal] = []
    for code, here in by_language.items():
        if code:
            proposed += topics.propose(here, language.load(code), logistic.load("topic_weights"), known)
    proposed.sort(key=lambda each: (-each.probability, each.title))
    unknown = dict.fromkeys((each.transcript.slug for each in by_language[""]), "its language is not known")
    return Drafts(tuple(proposed), unknown)
