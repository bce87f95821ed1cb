"""What is known of a language: its stop words, its stems, and how common its words are.

Stop words are stopwordsiso's, stems Snowball's, frequencies pyspellchecker's, which counts subtitles of films: the way
people talk. Which words are common in talk on any subject, and which are nouns there, is counted over shows
(`data/talk_words.json`), for English. Names of days, months, units of time and countries are those of the Unicode CLDR,
from Babel.
"""

import json
import math
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources

import Stemmer
import stopwordsiso
from babel import Locale, units
from spellchecker import SpellChecker

ENGLISH = "en"
_STEMMERS = {
    ENGLISH: "english",
    "de": "german",
    "es": "spanish",
    "fr": "french",
    "it": "italian",
    "nl": "dutch",
    "pt": "portuguese",
    "ru": "russian",
}
_ENOUGH = 0.35  # share of a text's words that are stop words of the language that it is in
_COMMON = 2e-4  # share of all words from which a stop word says nothing; the English list has "computer", too
_FILLERS = {
    ENGLISH: "uh um yeah yep okay ok mhm gonna wanna gotta kinda etc lot bit stuff guy guys folks sort kind thing "
    "things cetera percent hundred thousand million billion trillion dr prof"
}
_COMPOUNDING = {ENGLISH: "open free high full long work working home use case face front name room world call help"}
_NAMING = {
    ENGLISH: "new old big great little good best better first second third last next high long full open half young "
    "home world work front back many man two three four five"
}
_TIMES = {
    ENGLISH: "today tomorrow yesterday tonight morning noon midday afternoon evening night midnight week weekend month "
    "year decade century hour minute weekday o'clock"
}
_UNITS = ("second", "minute", "hour", "day", "week", "month", "year")
_NUMBERS = (1, 2, 5)  # for which some languages have another form of what is counted
_CONTINENTS = ("002", "003", "005", "009", "019", "142", "150")  # as the United Nations number them
_RARE = 1e-9  # share taken for a word that is in no dictionary
_CLIPPED = 0.02  # times as often as with its apostrophe: a word of its own, as "well" and "shell" are
_IN_TALK = 0.01  # added to shares of conversations, so that a word of none has a logarithm


@dataclass(frozen=True, eq=False)
class Language:
    """A language's words, all in lower case.

    code: of ISO 639-1. frequencies: how often a word stands in `total` words. talk: the share of conversations that
    have the word, in the show that has it least. nouns: the share of a word's places in talk at which it is a noun.
    contractions: stop words without their apostrophes, where these are no other words: "dont".
    compounding: stop words that make a term together with others: "open source", "work from home".
    naming: stop words that begin a name where they have a capital: "New York".
    calendar: names of days and months, and words for times of the day. places: names of countries and continents.
    """

    code: str
    stop_words: frozenset[str]
    frequencies: Mapping[str, int]
    total: int
    talk: Mapping[str, float]
    nouns: Mapping[str, float]
    contractions: frozenset[str]
    compounding: frozenset[str]
    naming: frozenset[str]
    calendar: frozenset[str]
    places: frozenset[str]
    stem: Callable[[str], str]

    @lru_cache(maxsize=100_000)  # noqa: B019 - there are as many languages as are loaded, and they stay
    def base(self, word: str) -> str:
        """What all inflections of the word share. In English that is the singular: other endings make other topics."""
        if self.code != ENGLISH:
            return self.stem(word)
        if word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 3:
            for singular in (f"{word[:-3]}y" if word.endswith("ies") else word[:-1], word[:-2]):
                if self.stem(singular) == self.stem(word):
                    return singular
        return word

    def share(self, word: str) -> float:
        """How much of all words this one is, from 0 to 1."""
        return self.frequencies.get(word, 0) / self.total

    def rarity(self, word: str) -> float:
        """Minus the decimal logarithm of share(): about 2 for "the", 9 for a word that nobody has counted."""
        return -math.log10(self.share(word) + _RARE)

    def in_talk(self, word: str) -> float:
        """The logarithm of the share of conversations that have the word, whatever they are about; -4.6 for none."""
        return math.log(self.talk.get(word, 0.0) + _IN_TALK)

    @lru_cache(maxsize=100_000)  # noqa: B019 - there are as many languages as are loaded, and they stay
    def is_stop(self, word: str) -> bool:
        """Whether a term can neither begin nor end with the word."""
        if len(word) == 1 or word in _FILLERS.get(self.code, "").split():
            return True
        if self.code != ENGLISH:
            return word in self.stop_words
        common = len(word) == 2 or "'" in word or self.share(word) > _COMMON
        return (word in self.stop_words and common) or word in self.contractions


def detect(words: Iterable[str]) -> str:
    """The code of the language that most of the words, in lower case, are stop words of; "" where none is likely."""
    counts = Counter(words)
    total = sum(counts.values())
    shares = {code: sum(counts[word] for word in stopwordsiso.stopwords(code)) for code in _STEMMERS}
    best = max(shares, key=lambda code: shares[code])
    return best if total and shares[best] / total >= _ENOUGH else ""


@cache  # a dictionary takes a fifth of a second to load
def load(code: str) -> Language:
    """The language with a code that detect() gives."""
    stemmer = Stemmer.Stemmer(_STEMMERS[code])
    counted = SpellChecker(language=code).word_frequency
    talk = json.loads(resources.files(__package__).joinpath("data/talk_words.json").read_text("utf-8"))
    stop_words = frozenset(stopwordsiso.stopwords(code))
    return Language(
        code,
        stop_words,
        counted.dictionary,
        max(1, counted.total_words and sum(counted.dictionary.values())),
        talk["shares"] if code == ENGLISH else {},
        talk["nouns"] if code == ENGLISH else {},
        frozenset(_contractions(stop_words, counted.dictionary)),
        frozenset(_COMPOUNDING.get(code, "").split()),
        frozenset(_NAMING.get(code, "").split()),
        *_of_locale(code),
        lru_cache(maxsize=100_000)(stemmer.stemWord),
    )


def _contractions(stop_words: Iterable[str], counts: Mapping[str, int]) -> Iterator[str]:
    """The stop words that have an apostrophe, without it, as captions in capitals often have them."""
    for word in stop_words:
        if "'" in word and counts.get(plain := word.replace("'", ""), 0) <= _CLIPPED * counts.get(word, 0):
            yield plain


def _of_locale(code: str) -> tuple[frozenset[str], frozenset[str]]:
    """(words of the calendar, names of countries and continents) in a language, in lower case."""
    locale = Locale(code)
    calendar = {*locale.days["format"]["wide"].values(), *locale.months["format"]["wide"].values()}
    for unit in _UNITS:
        counted = (units.format_unit(number, f"duration-{unit}", "long", locale=locale) for number in _NUMBERS)
        calendar.update(each.split()[-1] for each in counted)
    times = _TIMES.get(code, "").split()
    places = {name for key, name in locale.territories.items() if key.isalpha() or key in _CONTINENTS}
    return frozenset(map(str.lower, (*calendar, *times))), frozenset(map(str.lower, places))
