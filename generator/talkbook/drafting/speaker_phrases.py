"""Phrases in which a conversation tells who speaks: people introduce, greet, thank and address each other, or say who
they are.

Whoever is only spoken of has no part in it: "as Ada Lovelace said" is no evidence that she is there.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Literal

_FIRST = r"[A-Z][\w’'-]*[^\W\d_]"
_PARTICLE = r"(?:(?:van|von|de|der|den|la|le|bin|al)\ )"
_NAME = rf"(?P<name>{_FIRST}(?:\ {_PARTICLE}{{0,2}}[A-Z][\w.’'-]*\w){{0,4}})"
_MEANT = (  # and not "with Ada": whoever is meant is not spoken to
    r"(?<!\ (?:in|at|of|on|to|by|as))(?<!\ (?:the|and|for|our|via))(?<!\ (?:from|with|like))(?<!\ about),?"
)
_TO = (
    r"(?:I|I['’](?:m|ve|d)|you|you['’](?:re|ve|d)|what['’]?s?|how|why|where|who|"
    r"(?:can|could|do|did|would|will|have|are)\ you|before\ we|from\ your|for\ (?:any\ |my\ |the\ |our\ )?listeners)"
)
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
      | \b[Jj]oin(?:s|ing)\ (?:me|us)(?:\ (?:today|here|again|now|as\ always))*(?:\ is)?
        (?:\ (?:my|our)\ [a-z-]+,?|\ none\ other\ than)?
      | \b(?:here|sitting|sit|sat|talk|talking|speak|speaking|chat|chatting
          |(?:[Mm]y|[Oo]ur|[Tt]his|[Tt]he|today['’]s|having\ an?)\ (?:conversation|interview|episode)(?:\ is)?)
        (?<!\ had\ a\ talk)\ (?:down\ )?(?:today\ )?with(?:\ my\ [a-z-]+)?
      | \bwith\ (?:me|us)(?:\ (?:today|here|as\ always))*,?(?:\ is|\ as\ always\ is)?,?
      | \b(?:introduce|have|having)(?:\ you\ to)?
      | ^(?:Hi|Hello|Hey|[Gg]ood\ (?:morning|evening|afternoon)),?(?:\ there,?)?
    )\ {_NAME}\b(?!(?:\ [A-Z][\w’'-]*)*\ (?:[Pp]odcast|[Ss]how)\b)
    """,
    re.VERBOSE,
)
_TITLE = re.compile(rf"\b(?:[Ww]elcome(?:\ back)?\ to|episode\ of|listening\ to)\ {_NAME}")  # and nobody's name
_AND = re.compile(  # who else is introduced, and not "Ada Byron, Better Engines engineer"
    rf",?(?:\ and|,(?=\ {_NAME.replace('<name>', '<_>')}(?:[,.]|\ and\b)))"
    rf"(?:\ (?:my|our)\ [\w-]+(?:\ [\w-]+)?,?)?\ {_NAME}"
)
_ABSENT = re.compile(r"\b(?:[Nn]ormally|[Uu]sually|not\ joined|[Uu]nfortunately)\b")  # says who is not there
_SHOW = re.compile(rf"\b[Tt]he\ {_NAME}\ (?:[Pp]odcast|[Ss]how)\b")  # is named for its host, if it is for a person
_THANKED = re.compile(
    r"\b(?:[Tt]hanks|[Tt]hank\ you)(?:\ so\ much|\ very\ much|\ again|\ a\ lot)?"
    r"(?:\ for\ (?:having|inviting|joining|coming|being|taking|doing|sharing|your|the|all|that)\b[a-z\ ’']{0,40}"
    rf"{_MEANT}|,)?\ {_NAME}"
)
_WELCOMED = re.compile(
    rf"(?<![\w’'-]){_NAME},?\ "
    r"(?:welcome\b|thanks?\ (?:you\ )?(?:so\ much\ |very\ much\ )?for|it['’]s\ (?:great|good|a\ pleasure))"
)
_WELCOME = re.compile(rf"\b[Ww]elcome(?:\ back)?(?:\ to\ (?:the|this|our)\ [a-z\ ]{{3,30}})?,?\ {_NAME}(?=[.,!?]|$)")
_MET = re.compile(  # "how are you", "great to be here": of usual names only, for things are great, too
    r"\b(?:[Hh]ow\ (?:are|have|is)|[Nn]ice|[Gg]ood|[Gg]reat|[Ll]ovely|[Pp]leasure|[Hh]onou?r)\b[a-z\ ,’']{0,60}"
    rf"{_MEANT}\ {_NAME}(?=[.,!?]|$)"
)
_ADDRESSED = re.compile(  # at the beginning of a sentence, or at its end
    r"^(?:(?:so|and|but|well|okay|ok|yeah|yes|no|right|all\ right|alright|now|cool|great|hey|oh|awesome|excellent|"
    rf"exactly|sorry|however|look|then),?\ ){{0,2}}(?-i:{_NAME})(?:[,?!]|\ {_TO}\b)"
    rf"|,\ (?P<last>(?-i:{_FIRST}))[.?!]$",
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
_TIME = re.compile(r"^\d+(?::\d\d)+\s+")  # with which a turn begins in some transcripts
_WORD = re.compile(r"(?<![\w@./:-])[^\W\d_]{2,}(?![\w@/-]|\.\w)")  # and no part of an address, as in ann@example.org
_GIVEN = re.compile(r"[^\W\d_][^\W\d_A-Z]+(?:[-'’][^\W\d_]+)*")  # "Ada", and not "AI" or "SparseML"
_NOBODY = frozenset(
    "i i'm monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november december english american god jesus everyone everybody guys folks man dude sir hi "
    "hello mr mrs ms dr yes no yeah okay ok oh hey well cool so and but right great thanks thank sure exactly "
    "absolutely yep yup nope wow nice awesome maybe actually podcast show "
    "i'll i've i'd you're you'll we're we'll let's that's it's".split()
)
_SELDOM = 5  # times as often as in small letters a name stands in capitals within sentences
_THINGS = 10  # times as often as somebody is introduced, greeted or addressed by it, an unusual name is a thing's
_PART = 2.0  # weight of a phrase that only a host says, or a guest
EARLY = 40  # sentences in which people introduce themselves

Kind = Literal["says", "greeted", "introduced", "addressed"]


@dataclass(frozen=True, slots=True)
class NameEvidence:
    """Sentence number `sentence` tells the name of whoever says it ("says") or of the other one."""

    sentence: int
    name: str
    kind: Kind


@cache
def given_names() -> frozenset[str]:
    """Given names that are common in several countries, as they are written."""
    lines = resources.files("talkbook.drafting").joinpath("data/given_names.txt").read_text("utf-8").splitlines()
    return frozenset(line for line in lines if not line.startswith("#"))  # which says where they are from


def parts(sentences: Sequence[str]) -> list[float]:
    """Of each sentence, the score for the host that phrases of hosts and guests give."""
    last = len(sentences) - EARLY
    return [
        _PART * (bool(_HOSTING.search(text)) - bool(_VISITING.search(text))) if at < EARLY or at >= last else 0.0
        for at, text in enumerate(sentences)
    ]


def evidence(sentences: Sequence[str]) -> tuple[NameEvidence, ...]:
    """What the sentences tell of names. Names stand in capitals within a sentence, and nowhere without."""
    sentences = [_TIME.sub("", text) for text in sentences]
    words = Counter(word for text in sentences for word in _WORD.findall(text))
    inside = Counter(word.lower() for text in sentences for word in _INSIDE.findall(text))
    lower = _NOBODY | {
        word
        for word in words
        if word.islower() and words[word] * (1 if word.capitalize() in given_names() else _SELDOM) > inside[word]
    }
    found = [each for at, text in enumerate(sentences) for each in _in_sentence(at, text)]
    times = Counter(_head(each) for each in found)
    shows = {match["name"] for text in sentences for match in _TITLE.finditer(text)}
    found = [
        each
        for each in found
        if (head := _head(each)).lower().replace("’", "'") not in lower
        and each.name not in shows
        and (head in given_names() or (_may_name(each, inside[head.lower()]) and _THINGS * times[head] >= words[head]))
    ]
    heads = given_names().union(map(_head, found))
    titles = [(at, match["name"]) for at, text in enumerate(sentences[:EARLY]) for match in _SHOW.finditer(text)]
    hosts = [NameEvidence(at, name, "says") for at, name in titles if " " in name and name.split()[0] in heads]
    return (*found, *hosts)


def _head(evidence: NameEvidence) -> str:
    return evidence.name.split()[0]


def _may_name(evidence: NameEvidence, inside: int) -> bool:
    """Whether a name that is no usual one may be a person's. inside: how often it stands within sentences."""
    head = _head(evidence)
    if evidence.kind == "addressed":
        return inside > 0 and _GIVEN.fullmatch(head) is not None
    return " " in evidence.name or _GIVEN.fullmatch(head) is not None or (evidence.kind == "greeted" and len(head) > 2)


def _in_sentence(at: int, text: str) -> Iterator[NameEvidence]:
    found: dict[str, Kind] = {}
    for match in _ADDRESSED.finditer(text):
        if match["name"] or not _LISTED.search(text, 0, match.start()):
            found[match["name"] or match["last"]] = "addressed"
    if at < EARLY and not _ABSENT.search(text):
        for match in _GUEST.finditer(text):
            found[match["name"]] = "introduced"
            end = match.end()
            while following := _AND.match(text, end):
                found[following["name"]], end = "introduced", following.end()
    for pattern in (_THANKED, _WELCOMED, _WELCOME):
        found |= {match["name"]: "greeted" for match in pattern.finditer(text)}
    met = (match["name"] for match in _MET.finditer(text))
    found |= {name: "greeted" for name in met if name.split()[0] in given_names()}
    for pattern in (_HOST, *([_SELF] if at < EARLY else [])):
        found |= {match["name"]: "says" for match in pattern.finditer(text)}
    for name, kind in found.items():
        tidy = re.sub(r"['’]s$", "", name)
        yield NameEvidence(at, tidy, kind)
