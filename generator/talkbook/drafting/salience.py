"""The features from which a logistic regression predicts whether an editor would give a term a page.

`benchmarks/train_drafting.py` fits it to conversations whose topics editors marked.
"""

import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from talkbook.drafting import definitions, word_classes
from talkbook.drafting.language import Language
from talkbook.drafting.logistic import Matrix
from talkbook.drafting.terms import PARTS, Occurrence, Term, inside
from talkbook.drafting.tokenization import TokenizedConversation

_PARTS_OF_TIME = 20  # equal parts of a conversation, to see where a term is dense
_SUBJECTS = frozenset("i you we they he she it who to can will would could should might must let let's not".split())
_DETERMINERS = frozenset("the a an this these those my our your their its some any every each no".split())
_PREPOSITIONS = frozenset("of about in with for on from".split())
_PREDICATES = frozenset("is are was were has can does".split())
_DEGREES = frozenset("very really more most so pretty quite too as less".split())
_OBJECTS = frozenset("the a an this that it my your to me you them us myself".split())
_BEFORE = re.compile(f"{definitions.BEFORE}$", re.IGNORECASE)
_AFTER = re.compile(definitions.AFTER, re.IGNORECASE)
_NOUN = re.compile(r"(?:tion|ment|ity|ness|ism|ics|ology|ance|ence|ship|er|or|ist|age|ure)s?$")
_LETTERS = re.compile(r"[^\W_]+")
_EPISODE = re.compile(r"\d\s*$")  # the end of a title that is only the show's name and a number
_SEEN = 30  # characters before and after a term that are searched for a definition

FEATURES = (
    "frequency turns burst dense speakers rare_least rare_mean rare_most unknown talk_least talk_most "
    "capital acronym one_word two_words inside inside_one free cohesion cohesive verb determiner object preposition "
    "predicate graded defined first asked adverb gerund participle nominal plural length hyphen digit key rarer "
    "rarer_mean weighed weighed_free long_form joined family noun noun_first words named headed"
).split()
RANKED = ("frequency", "rarer_mean", "weighed", "key", "free")  # their ranks within the conversation are features, too
ALL_FEATURES = (*FEATURES, *(f"{name}_rank" for name in RANKED))


@dataclass(frozen=True, slots=True)
class _Setting:
    """A conversation, and what its terms are compared with."""

    conversation: TokenizedConversation
    words: Language
    total: int  # words
    counts: Counter[str]  # word in lower case -> occurrences
    families: Counter[str]  # stem -> occurrences of the words that share it: teach, teaches, teaching
    classes: Mapping[str, tuple[int, int]]  # see word_classes.count()
    headings: str  # base forms of the words in the title, the description, the tags and the sections' titles
    asks: Sequence[bool]  # whether each sentence is a question


def features(conversation: TokenizedConversation, words: Language, terms: Sequence[Term]) -> Matrix:
    """Return the features of the terms, as an array of shape (terms, len(ALL_FEATURES))."""
    counts = Counter(word.lower for sentence in conversation.sentences for word in sentence)
    asks = [conversation.asks(at) for at in range(len(conversation.sentences))]
    families: Counter[str] = Counter()
    for word, count in counts.items():
        families.update({words.stem(part): count for part in PARTS.split(word)})
    classes = word_classes.count(conversation, words)
    setting = _Setting(
        conversation, words, counts.total(), counts, families, classes, _headings(conversation, words), asks
    )
    around = inside(terms)
    rows = [[*_row(setting, term, around.get(at, ()))] for at, term in enumerate(terms)]
    values = np.array(rows, np.float64).reshape(len(terms), len(FEATURES))
    ranks = [_ranks(values[:, FEATURES.index(name)]) for name in RANKED]
    return np.column_stack([values, *ranks])


def _headings(conversation: TokenizedConversation, words: Language) -> str:
    transcript = conversation.transcript
    titles = [section.title for section in transcript.sections if section.kind not in ("proposed", "break")]
    title = "" if _EPISODE.search(transcript.title) else transcript.title
    texts = (title, transcript.description, *transcript.tags, *titles)
    return "".join(f" {' '.join(map(words.base, _LETTERS.findall(text.lower())))} " for text in texts)


def _ranks(values: Matrix) -> Matrix:
    order = np.argsort(np.argsort(-values, kind="stable"), kind="stable")
    return np.asarray(np.log1p(order) / 5, np.float64)


def _row(setting: _Setting, term: Term, around: Sequence[tuple[Occurrence, int]]) -> Iterator[float]:
    conversation, words = setting.conversation, setting.words
    places, often = term.occurrences, len(term.occurrences)
    row = term.form.split()
    parts = [part for word in row for part in PARTS.split(word.lower()) if part]
    content = [part for part in parts if not words.is_stop(part)] or parts
    rarity = [words.rarity(part) for part in content]
    talk = [words.in_talk(part) for part in content]
    least, mean = min(rarity), sum(rarity) / len(rarity)
    held = len({inner for inner, _ in around})
    held_by_one = max(Counter(other for _, other in around).values(), default=0)
    position = [place.sentence / len(conversation.sentences) for place in places]
    dense = max(Counter(int(share * _PARTS_OF_TIME) for share in position).values())
    cohesion = _cohesion(setting, row, often)
    before, after = zip(*(word_classes.neighbours(conversation, place) for place in places), strict=True)
    defined = sum(defines(conversation, place) for place in places)
    last = row[-1].lower()
    yield math.log(often)
    yield math.log(len({conversation.turns[place.sentence] for place in places}))
    yield dense / often
    yield math.log(dense)
    yield min(3, len({conversation.speaker(place.sentence) for place in places})) / 3
    yield from (least, mean, max(rarity), float(max(rarity) > 8.9), min(talk), max(talk))
    yield _capitals(conversation, row, places)
    yield float(not conversation.shouted and any(sum(map(str.isupper, word)) > 1 for word in row))
    yield from (float(len(row) == 1), float(len(row) == 2))
    yield from (held / often, held_by_one / often, math.log1p(often - held))
    yield from (cohesion, cohesion * math.log(often))
    yield sum(word in _SUBJECTS for word in before) / often
    yield sum(word in _DETERMINERS for word in before) / often
    yield sum(word in _OBJECTS for word in after) / often
    yield sum(word in _PREPOSITIONS for word in before) / often
    yield sum(word in _PREDICATES for word in after) / often
    yield sum(word in _DEGREES for word in before) / often
    yield from (math.log1p(defined), position[0], math.log1p(sum(setting.asks[place.sentence] for place in places)))
    yield from (float(last.endswith(ending)) for ending in ("ly", "ing", "ed"))
    yield from (float(_NOUN.search(last) is not None), float(last.endswith("s") and not last.endswith("ss")))
    yield from (min(len(last), 12) / 10, float("-" in term.form), float(any(map(str.isdigit, term.form))))
    yield math.log(often / setting.total / (10**-least + 1e-7))
    yield from (math.log1p(_surprise(setting, often, rare)) for rare in (least, mean))
    yield from (math.log1p(count * max(0, least - 3)) for count in (often, often - held))
    yield from (float(any(" " in other for other in term.others)), float(any(word in _JOINED for word in row)))
    yield math.log1p(min(setting.families[words.stem(part)] for part in content))
    yield from (word_classes.noun_share(part, setting.classes, words) for part in (content[-1], content[0]))
    yield math.log(len(content))
    starts = (conversation.sentences[place.sentence][place.first].start for place in places)
    yield float(any(map(conversation.is_named_at, starts)))
    yield float(f" {' '.join(map(words.base, parts))} " in setting.headings)


_JOINED = ("of", "and", "for", "to", "the", "in")


def _surprise(setting: _Setting, often: int, rarity: float) -> float:
    """Return how much more often a term occurs than expected: the first summand of a log-likelihood ratio.

    Dunning, "Accurate methods for the statistics of surprise and coincidence", 1993. rarity: see Language.rarity().
    """
    return often * max(0.0, math.log(often / setting.total / (10**-rarity + 3e-7)))


def _cohesion(setting: _Setting, row: Sequence[str], often: int) -> float:
    """Return the share of the rarest word's occurrences that are in the term, from 0 to 1; 0 for a single word."""
    counts = [setting.counts[word.lower()] for word in row if not setting.words.is_stop(word.lower())]
    return min(1.0, often / max(1, min(counts))) if len(row) > 1 and counts else 0.0


def defines(conversation: TokenizedConversation, at: Occurrence) -> bool:
    """Return whether the words around a term define it, or ask what it is."""
    sentence = conversation.sentences[at.sentence]
    start, end = sentence[at.first].start, sentence[at.last].end
    before, after = conversation.text[max(0, start - _SEEN) : start], conversation.text[end : end + _SEEN]
    return _BEFORE.search(before) is not None or _AFTER.match(after) is not None


def _capitals(conversation: TokenizedConversation, row: Sequence[str], places: Sequence[Occurrence]) -> float:
    """Return the share of occurrences with a capital in each word, leaving out those that begin a sentence."""
    if conversation.shouted:
        return 0.0
    rows = [conversation.sentences[place.sentence][place.first : place.last + 1] for place in places if place.first]
    capital = sum(all(word.text[0].isupper() or word.lower in _JOINED for word in words) for words in rows)
    return capital / len(rows) if rows else 0.4 * all(word[0].isupper() for word in row)
