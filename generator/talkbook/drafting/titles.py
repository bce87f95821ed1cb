"""Choose the title and the aliases of a topic among the forms in which its term occurs."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from talkbook.drafting import language, terms
from talkbook.drafting.language import Language
from talkbook.drafting.terms import Term
from talkbook.drafting.tokenization import TokenizedConversation
from talkbook.matching import topic_names

_COUNTED = 0.25  # share of plurals from which a title is plural: "containers", but "learning curve"
_NAME = 0.25  # share of capitalised occurrences within sentences from which a term is a name


def named(conversation: TokenizedConversation, term: Term, words: Language) -> Term:
    """Return the term with the name of its page as its form: the long form of a short one, written as in a heading."""
    forms = Counter(terms.written(conversation, place) for place in term.occurrences)
    form = heading(conversation, replace(term, form=_long(term.form, forms, words)), words)
    others = dict.fromkeys((term.form, *term.others))
    others.pop(form, None)
    return replace(term, form=form, others=tuple(others))


def heading(conversation: TokenizedConversation, term: Term, words: Language) -> str:
    """Return the term's form for a heading: the plural if that is usual, and capitals if it is a name.

    If the conversation is in capitals, words of the dictionary are put in lower case, and others are kept.
    """
    if conversation.shouted:
        return " ".join(word.lower() if words.share(word.lower()) else word for word in term.form.split())
    forms = Counter(terms.written(conversation, place) for place in term.occurrences)
    inner = Counter(terms.written(conversation, place) for place in term.occurrences if place.first)
    if term.form not in forms:
        return term.form
    return _as_name(_counted(term.form, forms, words), inner)


def _long(form: str, forms: Counter[str], words: Language) -> str:
    """Return the form that a short form stands for, or the form itself."""
    if not terms.is_short_form(form):
        return form
    longer = [other for other in forms if " " in other and terms.key(other, words) != terms.key(form, words)]
    return max(longer, key=lambda other: (forms[other], other), default=form)


def _counted(form: str, forms: Counter[str], words: Language) -> str:
    """Return the plural if that is frequent enough, or the form itself; names and short forms are never changed."""
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
    """Return the form with a capital in each word ("Bitcoin Core") if that is frequent enough within sentences."""
    same = [other for other in inner if other.lower() == form.lower()]
    names = [other for other in same if all(word[0].isupper() for word in other.split())]
    often = sum(map(inner.__getitem__, names)) >= max(2, _NAME * sum(map(inner.__getitem__, same)))
    return max(names, key=lambda other: (inner[other], other)) if " " in form and often else form


def title(form: str) -> str:
    """Return the form with an initial capital, unless its first word has digits, full stops or capitals."""
    plain = form.split(maxsplit=1)[0].replace("-", "")
    return form[0].upper() + form[1:] if plain.isalpha() and plain.islower() else form


def aliases(term: Term, words: Language) -> Iterator[str]:
    """Yield the other names of a term: short or long forms and spellings, but not inflections or other cases."""
    form = topic_names.fold(term.form)
    known = {form}
    for other in term.others:
        folded = topic_names.fold(other)
        spelling = folded.replace(" ", "") == form.replace(" ", "")
        differs = spelling or terms.key(other, words) != terms.key(term.form, words)
        if differs and not any(is_found_with(folded, name) for name in known):
            known.add(folded)
            yield other


def is_found_with(name: str, other: str) -> bool:
    """Return whether a search for `other` also finds `name`, because it is the same or a plural of it."""
    return name in (other, f"{other}s", f"{other}es")
