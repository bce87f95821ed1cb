"""What is known about a language: its stop words, its stems, and the frequencies of its words.

Stop words come from stopwordsiso, stems from Snowball, and frequencies from pyspellchecker, which counted them in film
subtitles, and so in spoken language. For English, `data/talk_words.json` says which words are common in conversations
on any subject, and which are nouns there. Names of days, months, units of time and places come from the Unicode CLDR,
via Babel.
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
_ENOUGH = 0.35  # minimum share of a text's words that are stop words of its language
_COMMON = 2e-4  # minimum share of all words for a stop word in English, whose list has even "computer"
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
_NUMBERS = (1, 2, 5)  # after which some languages use different forms of a noun
_CONTINENTS = ("002", "003", "005", "009", "019", "142", "150")  # codes of the United Nations (M49)
_RARE = 1e-9  # assumed share of a word that isn't in the dictionary
_CLIPPED = 0.02  # relative to the form with an apostrophe; a more frequent one is another word, such as "shell"
_FAR_MORE = 20  # times as frequent
_IN_TALK = 0.01  # added to shares of conversations, as 0 has no logarithm


@dataclass(frozen=True, eq=False)
class Language:
    """The words of a language, all in lower case.

    code: of ISO 639-1.
    frequencies: word -> occurrences among `total` words.
    talk: word -> share of conversations that have it, in the show where that is lowest.
    nouns: word -> share of its occurrences in conversations that are nouns.
    contractions: stop words without their apostrophes ("dont"), except those that are other words.
    compounding: stop words that can be part of a term: "open source", "work from home".
    naming: stop words that can begin a name if capitalised: "New York".
    calendar: names of days and months, and words for times and units of time.
    places: names of countries and continents.
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
        """Return what all inflections of a word share: its stem, or in English its singular.

        Other English endings make other topics.
        """
        if self.code != ENGLISH:
            return self.stem(word)
        if word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 3:
            for singular in (f"{word[:-3]}y" if word.endswith("ies") else word[:-1], word[:-2]):
                if self.stem(singular) == self.stem(word):
                    return self._with_f(singular)
        return word

    def _with_f(self, singular: str) -> str:
        """Return "wolf" for "wolve", which is no word, unlike the "glove" of "gloves"."""
        if singular.endswith("ve"):
            for other in (f"{singular[:-2]}f", f"{singular[:-2]}fe"):
                if self.share(other) > _FAR_MORE * self.share(singular):
                    return other
        return singular

    def share(self, word: str) -> float:
        """Return the word's share of all words, from 0 to 1."""
        return self.frequencies.get(word, 0) / self.total

    def rarity(self, word: str) -> float:
        """Return the negative decimal logarithm of share(): about 2 for "the", 9 for a word not in the dictionary."""
        return -math.log10(self.share(word) + _RARE)

    def in_talk(self, word: str) -> float:
        """Return the natural logarithm of the share of conversations that have the word; -4.6 if it is 0."""
        return math.log(self.talk.get(word, 0.0) + _IN_TALK)

    @lru_cache(maxsize=100_000)  # noqa: B019 - there are as many languages as are loaded, and they stay
    def is_stop(self, word: str) -> bool:
        """Return whether the word is a stop word, with which a term can neither begin nor end."""
        if len(word) == 1 or word in _FILLERS.get(self.code, "").split():
            return True
        if self.code != ENGLISH:
            return word in self.stop_words
        common = len(word) == 2 or "'" in word or self.share(word) > _COMMON
        return (word in self.stop_words and common) or word in self.contractions


def detect(words: Iterable[str]) -> str:
    """Return the code of the language whose stop words are most frequent among the words, or "" if none is likely.

    words: in lower case, with repetitions.
    """
    counts = Counter(words)
    total = sum(counts.values())
    shares = {code: sum(counts[word] for word in stopwordsiso.stopwords(code)) for code in _STEMMERS}
    best = max(shares, key=lambda code: shares[code])
    return best if total and shares[best] / total >= _ENOUGH else ""


@cache  # loading a dictionary takes a fifth of a second
def load(code: str) -> Language:
    """Return the language with this code, one of those that detect() returns."""
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
    """Yield the stop words with an apostrophe, without it, as captions in capitals often have them."""
    for word in stop_words:
        if "'" in word and counts.get(plain := word.replace("'", ""), 0) <= _CLIPPED * counts.get(word, 0):
            yield plain


def _of_locale(code: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return the words of the calendar, and the names of countries and continents, in lower case."""
    locale = Locale(code)
    calendar = {*locale.days["format"]["wide"].values(), *locale.months["format"]["wide"].values()}
    for unit in _UNITS:
        counted = (units.format_unit(number, f"duration-{unit}", "long", locale=locale) for number in _NUMBERS)
        calendar.update(each.split()[-1] for each in counted)
    times = _TIMES.get(code, "").split()
    places = {name for key, name in locale.territories.items() if key.isalpha() or key in _CONTINENTS}
    return frozenset(map(str.lower, (*calendar, *times))), frozenset(map(str.lower, places))
