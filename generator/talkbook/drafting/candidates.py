"""Find the terms that may be topics, without names of speakers and of the show, times, interjections and verbs."""

import re
from collections import Counter
from collections.abc import Sequence

from talkbook.drafting import language, show_names, speaker_phrases, terms
from talkbook.drafting.language import Language
from talkbook.drafting.terms import Occurrence, Term
from talkbook.drafting.tokenization import TokenizedConversation

_PART = 0.85  # share of a term's occurrences within one longer term from which it is only a part of that
_NAME = 3  # maximum number of words in a full name
_CALLED = 0.25  # share of a name's occurrences that address somebody, from which it is a participant's
_CALLS = 2  # minimum number of such occurrences
_ALONE = 0.6  # share of a word's occurrences that stand alone, from which it is an interjection
_NUMBER = re.compile(r"\d+(?:st|nd|rd|th|s)?\Z")
_NOUN = 0.4  # share of a word's occurrences after one of _BEFORE_NOUNS from which it is a noun
_BEFORE_NOUNS = {  # articles, determiners, and prepositions that rarely precede verbs
    "es": "el la los las un una unos unas del al este esta estos estas su sus mi tu cada de en con sobre",
    "fr": "le la les un une des du au aux ce cette ces son sa ses mon ma mes leur leurs chaque de en dans avec sur",
    "it": "il lo la i gli le un uno una del della dei delle al alla nel nella questo questa suo sua ogni di in con su",
    "nl": "de het een dit dat deze die zijn haar hun mijn elke van in met over op",
    "pt": "o a os as um uma uns umas do da dos das no na ao este esta esse essa seu sua cada de em com sobre",
}


def find(conversation: TokenizedConversation, words: Language) -> list[Term]:
    """Return the terms that may be topics, without those that are only part of a longer term."""
    names, single = _speakers(conversation, words), _single_names(conversation)
    shows = {terms.key(name, words) for name in show_names.find(conversation)}
    found = list(terms.find(conversation, words, 2 if words.code == language.ENGLISH else 3).values())
    inside = terms.inside(found)
    return [
        term
        for at, term in enumerate(found)
        if not _is_part(term, inside.get(at, ()))
        and not all(_singular(word) in names for word in term.form.split())
        and not _is_full_name(term.form, single)
        and not _is_time(term.form, words)
        and terms.key(term.form, words) not in shows
        and not _is_addressed(conversation, term)
        and not _is_interjection(conversation, term)
        and _may_be_noun(conversation, term, words)
    ]


def _is_part(term: Term, inside: Sequence[tuple[Occurrence, int]]) -> bool:
    """Return whether the term rarely occurs outside one longer term, like half of a name."""
    most = max(Counter(other for _, other in inside).values(), default=0)
    return most > _PART * len(term.occurrences)


def _is_time(name: str, words: Language) -> bool:
    """Return whether the term is a day, a time or a mere number: "Saturday morning", "19th century", "the 7th"."""
    row = name.lower().split()
    names = [word for word in row if not _NUMBER.match(word) and not words.is_stop(word)]
    known = all(not words.calendar.isdisjoint((word, words.base(word))) for word in names)
    return known and (bool(names) or _NUMBER.match(row[-1]) is not None)


def _is_addressed(conversation: TokenizedConversation, term: Term) -> bool:
    """Return whether the term is the name of somebody who is repeatedly addressed: "How are you doing, Chris?"."""
    if " " in term.form or not term.form[0].isupper():
        return False
    calls = 0
    for place in term.occurrences:
        sentence = conversation.sentences[place.sentence]
        if 0 < place.first == len(sentence) - 1:
            between = conversation.text[sentence[place.first - 1].end : sentence[place.first].start]
            calls += between.strip() == ","
    return calls >= max(_CALLS, _CALLED * len(term.occurrences))


def _is_interjection(conversation: TokenizedConversation, term: Term) -> bool:
    """Return whether the term is a word that mostly stands alone at the start of a sentence: "Awesome, thanks."."""
    if " " in term.form:
        return False
    rows = [(conversation.sentences[place.sentence], place.first) for place in term.occurrences]
    alone = sum(at == 0 and not (len(row) > 1 and row[1].joined) for row, at in rows)
    return alone >= _ALONE * len(rows)


def _may_be_noun(conversation: TokenizedConversation, term: Term, words: Language) -> bool:
    """Return False if the term is a single word in lower case that is probably not a noun.

    In German, nouns are capitalised; in Romance languages and Dutch, they often follow an article or the like. In
    English, it is a matter of degree, and a feature in salience.py.
    """
    if " " in term.form or not term.form.islower() or conversation.shouted:
        return True
    if words.code == "de":
        return conversation.text.islower()
    nouns_follow = _BEFORE_NOUNS.get(words.code, "").split()
    before = [
        conversation.sentences[place.sentence][place.first - 1].lower for place in term.occurrences if place.first
    ]
    return not nouns_follow or sum(word in nouns_follow for word in before) >= _NOUN * len(term.occurrences)


def _speakers(conversation: TokenizedConversation, words: Language) -> frozenset[str]:
    """Return the words of the speakers' names, and each initial with the surname, as in "kball"."""
    speakers = (*conversation.transcript.speakers, *conversation.transcript.drafted)
    introduced = _introduced(conversation) if words.code == language.ENGLISH else ()
    names = [name.lower().replace(",", " ").split() for name in (*(each.name for each in speakers), *introduced)]
    nicknames = {name[0][0] + name[-1] for name in names if len(name) > 1}
    return frozenset(_singular(word) for word in nicknames.union(*names))


def _introduced(conversation: TokenizedConversation) -> set[str]:
    """Return the names of people who introduce themselves or are introduced, even if they aren't known to speak."""
    rows = zip(conversation.sentences, conversation.ends, strict=True)
    said = [conversation.text[row[0].start : end] if row else "" for row, end in rows]
    return {each.name for each in speaker_phrases.evidence(said) if each.kind in ("says", "introduced")}


def _single_names(conversation: TokenizedConversation) -> frozenset[str]:
    """Return the names of speakers who have a single name: a first name, or a surname, possibly after a title."""
    speakers = (*conversation.transcript.speakers, *conversation.transcript.drafted)
    names = [[word for word in speaker.name.lower().split() if not word.endswith(".")] for speaker in speakers]
    return frozenset(name[0] for name in names if len(name) == 1)


def _is_full_name(form: str, single: frozenset[str]) -> bool:
    """Return whether a term is the full name of such a speaker: "Janet Abbate" if the transcript has "Abbate:"."""
    row = form.split()
    return (
        1 < len(row) <= _NAME and all(word[0].isupper() for word in row) and not single.isdisjoint(form.lower().split())
    )


def _singular(word: str) -> str:
    return word.lower().removesuffix("s")
