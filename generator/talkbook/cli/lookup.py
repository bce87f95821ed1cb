"""Find the page for a term or a sentence in a site's topics.json and quotes.json."""

from collections.abc import Sequence
from typing import Any

from rapidfuzz import fuzz, process

from talkbook.problems import excerpt
from talkbook.text import ids

Entry = dict[str, Any]  # in topics.json or quotes.json
_LIKE_A_NAME, _LIKE_A_QUOTE = 86, 88  # of 100: minimum similarity of a misspelt name; of a sentence from memory


class NothingFound(Exception):
    """Raised if there is no page for a query. The message is for the user."""


def best(query: str, topics: Sequence[Entry], quotes: Sequence[Entry]) -> Entry:
    """Return the entry that fits the query best: a topic with this name, a quote that contains it, or the most similar.

    topics, quotes: the content of topics.json and quotes.json.

    Raises NothingFound if nothing is similar enough, and KeyError, TypeError or AttributeError if `topics` or `quotes`
    is malformed.
    """
    wanted = ids.key(query)
    names = {ids.key(name): topic for topic in reversed(topics) for name in (*topic["aliases"], topic["title"])}
    names |= {ids.key(topic["title"]): topic for topic in reversed(topics)} | {topic["slug"]: topic for topic in topics}
    if topic := names.get(wanted) or names.get(query.strip()):
        return topic
    quoted = {index: ids.key(quote["text"]) for index, quote in enumerate(quotes)}
    holding = [index for index, words in quoted.items() if f" {wanted} " in f" {words} "]
    if holding and " " in wanted:
        return quotes[min(holding, key=lambda index: (len(quoted[index]), index))]
    near = process.extractOne(wanted, list(names), scorer=fuzz.ratio, score_cutoff=_LIKE_A_NAME)
    if near:
        return names[near[0]]
    if wanted.count(" ") >= 3:
        alike = {index: words for index, words in quoted.items() if len(words) >= len(wanted)}
        if match := process.extractOne(wanted, alike, scorer=fuzz.partial_ratio, score_cutoff=_LIKE_A_QUOTE):
            return quotes[match[2]]
    raise NothingFound(_nothing(query, wanted, names))


def _nothing(query: str, wanted: str, names: dict[str, Entry]) -> str:
    near = process.extractOne(wanted, list(names), scorer=fuzz.WRatio, score_cutoff=60)
    hint = f' Did you mean "{names[near[0]]["title"]}"?' if near else ""
    return f'No topic is called "{excerpt(query)}", and no quote contains it.{hint}'
