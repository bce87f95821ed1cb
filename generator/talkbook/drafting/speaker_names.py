"""Names of those who speak, where a sentence introduces, addresses, welcomes or thanks them, or says who it is.

Whoever is only spoken of has no part in it: "as Ada Lovelace said" is no evidence that she is there.
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations
from typing import Literal

import numpy as np

from talkbook.drafting.speaker_crf import Floats

_FIRST = r"[A-Z][\w’'-]*[^\W\d_]"
_PARTICLE = r"(?:(?:van|von|de|der|den|la|le|bin|al)\ )"
_NAME = rf"(?P<name>{_FIRST}(?:\ {_PARTICLE}*[A-Z][\w.’'-]*\w)*)"
_HOST = re.compile(  # says who it is, anywhere
    rf"\b(?:[Yy]our\ (?:co-?)?hosts?,?(?:\ is)?|[Mm]y\ name(?:\ is|['’]s))\ {_NAME}(?=[,.!?;]|\ and\ |\ from\ |$)"
)
_SELF = re.compile(
    r"(?:^This\ is|\b(?:I(?:\ am|['’]m)|by\ myself,"
    r"|(?:[Hh]ello|[Hh]i)(?:\ (?:everyone|everybody|and\ welcome))?,\ this\ is))"
    rf"\ {_NAME}(?=[,.!?;]|\ and\ |\ from\ |$)"
)  # the same, near the beginning
_GUEST = re.compile(  # says who else is there, near the beginning
    rf"""
    (?: \b[Gg]uests?(?:\ (?:today|this\ week|for\ today|on\ the\ show|on\ today['’]s\ \w+))?,?(?:\ is)?,?
      | \bjoined\ (?:today\ |here\ |again\ |now\ |as\ always\ )*by(?:\ (?:my|our)\ [a-z-]+(?:\ [a-z-]+)?,?)?
      | \b(?:here|sitting|sit|sat|talk|talking|speak|speaking|chat|chatting
          |(?:[Mm]y|[Oo]ur|[Tt]his|[Tt]he|today['’]s|having\ an?)\ (?:conversation|interview|episode)(?:\ is)?)
        (?<!\ had\ a\ talk)\ (?:down\ )?(?:today\ )?with(?:\ my\ [a-z-]+)?
      | \bwith\ (?:me|us)(?:\ (?:today|here|as\ always))*,?(?:\ is|\ as\ always\ is)?,?
      | \b[Ww]elcome(?:\ back)?(?:\ to\ (?:the|this)\ [\w\ ]{{3,30}})?,?
      | \b(?:introduce|have|having)(?:\ you\ to)?
      | ^(?:Hi|Hello|Hey|[Gg]ood\ (?:morning|evening|afternoon)),?(?:\ there,?)?
    )\ {_NAME}\b(?!(?:\ [A-Z][\w’'-]*)*\ (?:[Pp]odcast|[Ss]how)\b)
    """,
    re.VERBOSE,
)
_TITLE = re.compile(rf"\b(?:[Ww]elcome(?:\ back)?\ to|episode\ of|listening\ to)\ {_NAME}")  # and nobody's name
_AND = re.compile(rf",?(?:\ and|,)(?:\ (?:my|our)\ [\w-]+(?:\ [\w-]+)?,?)?\ {_NAME}")  # who else is introduced
_ABSENT = re.compile(r"\b(?:[Nn]ormally|[Uu]sually|not\ joined|[Uu]nfortunately)\b")  # says who is not there
_SHOW = re.compile(rf"\b[Tt]he\ {_NAME}\ (?:[Pp]odcast|[Ss]how)\b")  # is named for its host, if it is for a person
_THANKED = re.compile(
    r"\b(?:[Tt]hanks|[Tt]hank\ you)(?:\ so\ much|\ very\ much|\ again|\ a\ lot)?"
    rf"(?:\ (?:for|to)\ (?!listening|tuning|watching)[\w\ '’]{{2,40}},|,)?\ {_NAME}"
)
_WELCOMED = re.compile(
    rf"{_NAME},?\ (?:welcome\b|thanks?\ (?:you\ )?(?:so\ much\ |very\ much\ )?for|it['’]s\ (?:great|good|a\ pleasure))"
)
_ADDRESSED = re.compile(  # at the beginning of a sentence, or at its end
    r"^(?:(?:so|and|but|well|okay|ok|yeah|yes|no|right|all\ right|alright|now|cool|great|hey|oh|awesome|excellent|"
    rf"exactly|sorry),?\ ){{0,2}}(?-i:{_NAME})[,?!] | ,\ (?P<last>(?-i:{_FIRST}))[.?!]$",
    re.VERBOSE | re.IGNORECASE,
)
_LISTED = re.compile(r"\w,? [A-Z][\w-]*$")  # the last but one of several things that are listed
_HOSTING = re.compile(  # what a host says, and what a guest does, near the beginning or the end
    r"\b(?:your (?:co-?)?host|(?:my|our) guest|welcome to (?:the|this|another)|joining (?:me|us)|joined by|"
    r"for joining|today we['’]re|"
    r"(?:thanks?|thank you)(?: so much| very much| again)? for (?:coming|being here|listening|tuning))\b",
    re.IGNORECASE,
)
_VISITING = re.compile(r"\b(?:for having (?:me|us)|for the invitation|to be (?:here|on)|my pleasure)\b", re.IGNORECASE)
_INSIDE = re.compile(r"(?<=[\w,] )[A-Z][\w’'-]*[^\W\d_]")  # in capitals, and not because a sentence begins
_WORD = re.compile(r"(?<![\w@./:-])[^\W\d_]{2,}(?![\w@/-]|\.\w)")  # and no part of an address, as in ann@example.org
_GIVEN = re.compile(r"[^\W\d_][^\W\d_A-Z]+(?:[-'’][^\W\d_]+)*")  # "Ada", and not "AI" or "SparseML"
_NOBODY = frozenset(
    "i i'm monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november december english american god jesus everyone everybody guys folks man dude sir hi "
    "hello mr mrs ms dr yes no yeah okay ok oh hey well cool so and but right great thanks thank sure exactly "
    "absolutely yep yup nope wow nice awesome maybe actually podcast show you're".split()
)
_WEIGHTS = {"says": 3.0, "greeted": 3.0, "introduced": 2.0, "addressed": 1.0}
_ERROR = 0.03  # share of sentences with a speaker's name that somebody else says than they tell
_SCORE = math.log((1 - _ERROR) / _ERROR)  # of such a sentence, for whoever says it
_CANDIDATES = 4  # names of which two may be the speakers'
_PRESENCE, _USUAL = 0.8, 2.0  # logarithm of how probable it is that somebody speaks: for each weight of evidence above
_ENOUGH, _ENOUGH_FIRST = 1.5, 1.85  # of evidence for a name of several words, and for one of a single word
_CLEAR = 0.7  # share of all evidence about a person that must speak for one side
_CLEARLY = 2.0  # how much likelier than without names, and than with the two exchanged, a pair must be: a logarithm
_OFTEN = 3  # pieces of evidence for a name by itself, from which it is not short for another
_SELDOM = 5  # times as often as in small letters a name stands in capitals within sentences
_SHORT = 3  # letters of a name that may be short for another
_PART = 2.0  # weight of a phrase that only a host says, or a guest
_EARLY = 40  # sentences in which people introduce themselves

Kind = Literal["says", "greeted", "introduced", "addressed"]


@dataclass(frozen=True, slots=True)
class NameEvidence:
    """Sentence number `sentence` tells the name of whoever says it ("says") or of the other one."""

    sentence: int
    name: str
    kind: Kind


People = Mapping[str, Sequence[NameEvidence]]  # by name


@dataclass(frozen=True, slots=True)
class FoundName:
    """The name of one of two speakers, and the sentences that tell it, by their numbers."""

    name: str
    evidence: tuple[NameEvidence, ...]


def evidence(sentences: Sequence[str]) -> tuple[NameEvidence, ...]:
    """What the sentences tell of names. Names stand in capitals within a sentence, and nowhere without."""
    words = Counter(word for text in sentences for word in _WORD.findall(text))
    inside = Counter(word for text in sentences for word in _INSIDE.findall(text))
    lower = _NOBODY | {word for word in words if word.islower() and _SELDOM * words[word] >= inside[word.capitalize()]}
    found = [
        each
        for at, text in enumerate(sentences)
        for each in _in_sentence(at, text)
        if (head := each.name.split()[0]).lower() not in lower
        and (each.kind != "addressed" or head in inside)
        and ((each.kind != "addressed" and " " in each.name) or _GIVEN.fullmatch(head))
    ]
    shows = {match["name"] for text in sentences for match in _TITLE.finditer(text)}
    found = [each for each in found if each.name not in shows]
    heads = {each.name.split()[0] for each in found}
    titles = [(at, match["name"]) for at, text in enumerate(sentences[:_EARLY]) for match in _SHOW.finditer(text)]
    hosts = [NameEvidence(at, name, "says") for at, name in titles if " " in name and name.split()[0] in heads]
    return (*found, *hosts)


def _in_sentence(at: int, text: str) -> Iterator[NameEvidence]:
    found: dict[str, Kind] = {}
    for match in _ADDRESSED.finditer(text):
        if match["name"] or not _LISTED.search(text, 0, match.start()):
            found[match["name"] or match["last"]] = "addressed"
    if at < _EARLY and not _ABSENT.search(text):
        for match in _GUEST.finditer(text):
            found[match["name"]] = "introduced"
            end = match.end()
            while following := _AND.match(text, end):
                found[following["name"]], end = "introduced", following.end()
    for pattern in (_THANKED, _WELCOMED):
        found |= {match["name"]: "greeted" for match in pattern.finditer(text)}
    for pattern in (_HOST, *([_SELF] if at < _EARLY else [])):
        found |= {match["name"]: "says" for match in pattern.finditer(text)}
    for name, kind in found.items():
        tidy = re.sub(r"['’]s$", "", name)
        yield NameEvidence(at, tidy, kind)


def by_person(evidence: Sequence[NameEvidence]) -> People:
    """The evidence by person, under the longest name; a first name alone belongs to the one who has it."""
    longest: dict[str, str] = {}
    for each in sorted(evidence, key=lambda each: (each.kind == "addressed", each.sentence)):
        head = each.name.split()[0]
        if len(each.name.split()) > len(longest.get(head, "").split()):
            longest[head] = each.name
    times = Counter(each.name for each in evidence)
    heads = sorted(longest)
    for at, head in enumerate(heads):  # Dan is Daniel, where there is one
        full = [other for other in heads[at + 1 : at + 3] if other.startswith(head) and len(head) >= _SHORT]
        if len(full) == 1 and times[head] < _OFTEN:
            longest[head] = longest[full[0]]
    people: dict[str, list[NameEvidence]] = defaultdict(list)
    for each in evidence:
        people[longest[each.name.split()[0]]].append(each)
    return people


def hypotheses(people: People) -> list[tuple[str, str]]:
    """Who the first and the second speaker may be, by name; "" for one whose name nothing tells."""
    weights = {name: _weight(told) for name, told in people.items()}
    likely = [name for name in sorted(weights, key=lambda name: (-weights[name], name)) if _enough(name, weights[name])]
    return list(permutations(["", "", *likely[:_CANDIDATES]], 2))


def scores(people: People, pair: tuple[str, str], count: int) -> tuple[Floats, float]:
    """(of each of `count` sentences, the score for the first speaker if the two have these names; the logarithm of how
    probable that is beforehand, so that pairs may be compared by how likely the scores are)."""
    result, prior = np.zeros(count), 0.0
    for side, name in enumerate(pair):
        for each in people.get(name, ()):
            by_first = (side == 0) == (each.kind == "says")
            result[each.sentence] += _SCORE if by_first else -_SCORE
            prior += math.log(2 * _ERROR if by_first else 2 - 2 * _ERROR)
        prior += _PRESENCE * (_weight(people[name]) - _USUAL) if name else 0.0
    return result, prior


def assign(
    people: People, pairs: Sequence[tuple[str, str]], likelihoods: Floats, first: Floats
) -> tuple[FoundName | None, FoundName | None]:
    """The names of the first and of the second speaker, None where the evidence is not enough or not clear.

    pairs: no names, the likeliest ones, and these exchanged. likelihoods: of each pair, the logarithm of how likely it
    is. first: of each sentence, how probable it is that the first one says it.
    """
    pair = pairs[int(np.argmax(likelihoods))]
    others = [likely for other, likely in zip(pairs, likelihoods.tolist(), strict=True) if other != pair]
    if likelihoods.max() - max(others, default=0.0) < _CLEARLY:
        return None, None
    one, other = (
        _found(name, people.get(name, ()), first if side == 0 else 1 - first) for side, name in enumerate(pair)
    )
    return one, other


def parts(sentences: Sequence[str]) -> list[float]:
    """Of each sentence, the score for the host that phrases of hosts and guests give."""
    last = len(sentences) - _EARLY
    return [
        _PART * (bool(_HOSTING.search(text)) - bool(_VISITING.search(text))) if at < _EARLY or at >= last else 0.0
        for at, text in enumerate(sentences)
    ]


def count(people: People) -> int:
    """How many people there are of whom much tells that they are there; Nick and Nicholas are one."""
    present = (name for name, told in people.items() if len(told) > 1 or any(map(_sure, told)))
    return len({name[:_SHORT] for name in present})


def _sure(evidence: NameEvidence) -> bool:
    return evidence.kind == "says" or (evidence.kind == "greeted" and evidence.sentence < _EARLY)


def _weight(evidence: Sequence[NameEvidence]) -> float:
    return sum(_WEIGHTS[each.kind] for each in evidence)


def _enough(name: str, weight: float) -> bool:
    return weight >= (_ENOUGH if " " in name else _ENOUGH_FIRST)


def _found(name: str, evidence: Sequence[NameEvidence], own: Floats) -> FoundName | None:
    """own: of each sentence, how probable it is that this speaker says it."""
    support = sum(
        _WEIGHTS[each.kind] * float(own[each.sentence] if each.kind == "says" else 1 - own[each.sentence])
        for each in evidence
    )
    if not _enough(name, support) or support < _CLEAR * _weight(evidence):
        return None
    return FoundName(name, tuple(evidence))
