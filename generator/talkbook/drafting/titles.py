"""What topics are called: the names that a page about a term would have, of those that are said for it."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from talkbook.drafting import language, terms
from talkbook.drafting.language import Language
from talkbook.drafting.terms import Term
from talkbook.drafting.tokenization import TokenizedConversation
from talkbook.matching import topic_names

_COUNTED = 0.25  # share of plurals from which a heading has the plural: "containers", but "a learning curve"
_NAME = 0.25  # share of places within sentences with a capital in each word from which a term is a name


def named(conversation: TokenizedConversation, term: Term, words: Language) -> Term:
    """The term under the name that its page has: the long form of a short one, as headings have it."""
    forms = Counter(terms.written(conversation, place) for place in term.occurrences)
    form = heading(conversation, replace(term, form=_long(term.form, forms, words)), words)
    others = dict.fromkeys((term.form, *term.others))
    others.pop(form, None)
    return replace(term, form=form, others=tuple(others))


def heading(conversation: TokenizedConversation, term: Term, words: Language) -> str:
    """The term's form as headings have it: the plural of what is counted, and the capitals of a name.

    Where the whole conversation is in capitals, words of the dictionary are small and the others stay.
    """
    if conversation.shouted:
        return " ".join(word.lower() if words.share(word.lower()) else word for word in term.form.split())
    forms = Counter(terms.written(conversation, place) for place in term.occurrences)
    inner = Counter(terms.written(conversation, place) for place in term.occurrences if place.first)
    if term.form not in forms:
        return term.form
    return _as_name(_counted(term.form, forms, words), inner)


def _long(form: str, forms: Counter[str], words: Language) -> str:
    """What a short form stands for, where that is said, too."""
    if not terms.is_short_form(form):
        return form
    longer = [other for other in forms if " " in other and terms.key(other, words) != terms.key(form, words)]
    return max(longer, key=lambda other: (forms[other], other), default=form)


def _counted(form: str, forms: Counter[str], words: Language) -> str:
    """The plural, where that is said often enough; of names and short forms never."""
    if words.code != language.ENGLISH or not _last(form).islower():
        return form
    same = [other for other in forms if terms.key(other, words) == terms.key(form, words)]
    plurals = [other for other in same if words.base(_last(other).lower()) != _last(other).lower()]
    if sum(map(forms.__getitem__, plurals)) < _COUNTED * sum(map(forms.__getitem__, same)):
        return form
    plural = max(plurals, key=lambda other: (forms[other], other))
    return plural.lower() if form.islower() else plural


def _last(form: str) -> str:
    return form.rsplit(maxsplit=1)[-1]


def _as_name(form: str, inner: Counter[str]) -> str:
    """With a capital in each word, where it is written so often enough within sentences: "Bitcoin Core"."""
    same = [other for other in inner if other.lower() == form.lower()]
    names = [other for other in same if all(word[0].isupper() for word in other.split())]
    often = sum(map(inner.__getitem__, names)) >= max(2, _NAME * sum(map(inner.__getitem__, same)))
    return max(names, key=lambda other: (inner[other], other)) if " " in form and often else form


def title(form: str) -> str:
    """The term as a heading: with a capital, unless it is a name that holds digits, stops or capitals of its own."""
    plain = form.split(maxsplit=1)[0].replace("-", "")
    return form[0].upper() + form[1:] if plain.isalpha() and plain.islower() else form


def aliases(term: Term, words: Language) -> Iterator[str]:
    """Other names of a term: what it is short for, and other spellings; not its inflections, and not other cases."""
    form = topic_names.fold(term.form)
    known = {form}
    for other in term.others:
        folded = topic_names.fold(other)
        spelling = folded.replace(" ", "") == form.replace(" ", "")
        differs = spelling or terms.key(other, words) != terms.key(term.form, words)
        if differs and not any(covered(folded, name) for name in known):
            known.add(folded)
            yield other


def covered(name: str, other: str) -> bool:
    """Whether a name is found wherever the other is looked for, as its plural."""
    return name in (other, f"{other}s", f"{other}es")
