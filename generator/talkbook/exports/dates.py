"""The dates that are known: those of the conversations. No clock, no file times."""

import datetime
from collections.abc import Iterable

from talkbook.book import Book
from talkbook.model import Topic


def of_topic(book: Book, topic: Topic) -> datetime.date | None:
    """The day of the newest conversation that the topic quotes, None if none has a date."""
    return newest(book.transcript[quote.transcript].date for quote in book.quotes_of.get(topic.slug, ()))


def newest(dates: Iterable[datetime.date | None]) -> datetime.date | None:
    """The latest of those that are known."""
    return max((date for date in dates if date), default=None)
