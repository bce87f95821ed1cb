"""What a book may publish, held against what was published before."""

from collections.abc import Iterable

from talkbook.book.build import Book
from talkbook.text.masking import MASK


def less(before: Book, now: Book) -> bool:
    """Whether something that `before` shows of a conversation may be private now; then nothing of `before` may stay.

    So it is for a conversation that is gone or withheld, and for one that has private passages and is not the same.
    """
    for transcript in before.transcripts:
        then = now.transcript.get(transcript.slug)
        if then is None or (then is not transcript and then.source != transcript.source and MASK in then.source):
            return True
    return False


def doubtful(now: Book, slugs: Iterable[str]) -> bool:
    """Whether a site that was built before may show what is private now.

    slugs: of the conversations that it shows. So it is where anything is private or withheld, and where one is gone.
    """
    return bool(now.hidden or now.withheld) or any(slug not in now.transcript for slug in slugs)


def same(before: Book, now: Book) -> bool:
    """Whether every conversation that `before` shows is the same now."""
    return all(now.transcript.get(transcript.slug) == transcript for transcript in before.transcripts)
