"""What all transcripts together have on a topic: what its quotes are chosen from, and what names it."""

from collections.abc import Collection, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field

import numpy as np

from talkbook.matching import senses, tables
from talkbook.matching.passages import TopicPassages
from talkbook.matching.ranges import Floats, Ints
from talkbook.matching.tables import Rows, Table

# The rows of one transcript, with the index of the transcript added.
_PASSAGE = np.dtype(
    [("score", "f8"), ("words", "i4"), ("transcript", "i4"), ("turn", "i4"), ("start", "i4"), ("end", "i4")]
)
_COMPANY = np.dtype([*senses.COMPANY.descr, ("transcript", "i4")])
_SENTENCE = np.dtype([("transcript", "i4"), ("start", "i4"), ("end", "i4"), ("number", "u8")])
# The tables in TopicPassages and Candidates -> the type of their rows in the latter.
TABLES = {"passages": _PASSAGE, "cards": _PASSAGE, "named": _SENTENCE, "company": _COMPANY}
_UNFIT = 0.01  # added to every fit, so that the amounts still count if no fit is above 0


def _none(kind: np.dtype[np.void]) -> Rows:
    return np.empty(0, kind)


@dataclass(frozen=True, slots=True, eq=False)
class Candidates:
    """What all transcripts have on one topic, in order of transcript and place.

    passages, cards: rows of (score, words, transcript, turn, start, end).
    named: rows of (transcript, start, end, number), the sentences that name the topic.
    company: rows of (fields of senses.COMPANY, transcript), one for each transcript that names the topic.
    """

    passages: Rows = field(default_factory=lambda: _none(_PASSAGE))
    cards: Rows = field(default_factory=lambda: _none(_PASSAGE))
    named: Rows = field(default_factory=lambda: _none(_SENTENCE))
    company: Rows = field(default_factory=lambda: _none(_COMPANY))

    @property
    def transcripts(self) -> Set[int]:
        """The indices of the transcripts that have anything on the topic."""
        return {at for name in TABLES for at in np.unique(getattr(self, name)["transcript"]).tolist()}

    def renewed(self, fresh: "Candidates", among: Collection[int]) -> "Candidates":
        """Return the candidates with everything from the transcripts `among` replaced by `fresh`."""
        return Candidates(*(_renewed(getattr(self, name), getattr(fresh, name), among) for name in TABLES))

    def amounts(self, transcripts: int) -> Floats:
        """Return how much each transcript says about the topic: its words, weighted by their scores.

        transcripts: how many there are.
        """
        weights = self.passages["words"] * self.passages["score"]
        amounts: Floats = np.bincount(self.passages["transcript"], weights, transcripts).astype(np.float64)
        return amounts

    def fits(self, transcripts: int, share: float) -> Floats:
        """Return how well each transcript fits the topic; 0 if it uses the names in another sense. See `senses`.

        transcripts: how many there are.
        share: see senses.meant() and senses.enough().
        """
        found = np.zeros(transcripts)
        at = self.company["transcript"]
        fits = senses.fits(self.company)
        meant = senses.meant(self.company, fits, share)
        meant &= senses.enough(self.company, self.amounts(transcripts)[at], share)
        found[at] = np.where(meant, fits + _UNFIT, 0.0)
        return found


def gather(found: Sequence[TopicPassages], among: Iterable[int]) -> Mapping[str, Candidates]:
    """Return topic -> its candidates.

    found: what was found in each transcript.
    among: the indices of the transcripts to gather from.
    """
    places = [*among]
    gathered = {
        name: _gathered(kind, places, [getattr(found[at], name) for at in places]) for name, kind in TABLES.items()
    }
    topics = dict.fromkeys(topic for rows in gathered.values() for topic in rows)
    return {
        topic: Candidates(**{name: rows[topic] for name, rows in gathered.items() if topic in rows}) for topic in topics
    }


def _gathered(kind: np.dtype[np.void], places: Sequence[int], of: Sequence[Table]) -> dict[str, Rows]:
    numbers: dict[str, int] = {}
    full = [(at, table) for at, table in zip(places, of, strict=True) if table.topics]
    if not full:
        return {}
    topics = np.array([numbers.setdefault(topic, len(numbers)) for _, table in full for topic in table.topics])
    topic = np.repeat(topics, np.concatenate([table.sizes for _, table in full]))
    transcript = np.repeat(*np.array([(at, len(table.rows)) for at, table in full]).T)
    rows = np.concatenate([table.rows for _, table in full])
    columns = {"transcript": transcript, **{name: rows[name] for name in rows.dtype.names or ()}}
    rows = tables.rows(kind, *(columns[name] for name in kind.names or ()))
    order = _order(rows, topic)
    return Table(tuple(numbers), np.bincount(topic), rows[order]).by_topic()


def _order(rows: Rows, *first: Ints) -> Ints:
    """Return the indices that sort the rows by `first`, then by transcript and place."""
    place = (rows["start"],) if "start" in (rows.dtype.names or ()) else ()
    return np.lexsort((*place, rows["transcript"], *first))


def _renewed(rows: Rows, fresh: Rows, among: Collection[int]) -> Rows:
    left = rows[np.isin(rows["transcript"], [*among], invert=True)]
    joined = np.concatenate([left, fresh])
    return joined[_order(joined)] if len(fresh) else left
