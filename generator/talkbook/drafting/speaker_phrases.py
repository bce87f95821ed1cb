"""Find phrases that show who takes part: people introduce, greet, thank and address each other, or say who they are.

Being mentioned is not enough: "as Ada Lovelace said" is no evidence that she is present.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from typing import Literal

_FIRST = r"[A-Z][\w’'-]*[^\W\d_]"
_PARTICLE = r"(?:(?:van|von|de|der|den|la|le|bin|al)\ )"
_TITLE = r"(?:(?:Mr|Mrs|Ms|Dr|Prof)\.?\ |(?:Doctor|Professor)\ )?"
_NAME = (
    rf"{_TITLE}(?P<name>(?!(?:And|But|So|Well|Now|Okay|Alright|Hey|Hi|Hello|Oh|Yes|Yeah)\b){_FIRST}"
    rf"(?:\ {_PARTICLE}{{0,2}}(?:[A-Z]\.\ )?[A-Z][\w.’'-]*\w){{0,4}})"
)
_MEANT = (  # rules out "with Ada", who is mentioned, not addressed
    r"(?<!\ (?:in|at|of|on|to|by|as))(?<!\ (?:the|and|for|our|via))(?<!\ (?:from|with|like))(?<!\ about)(?<!['’]s),?"
)
_TO = (
    r"(?:I|I['’](?:m|ve|d)|you|you['’](?:re|ve|d)|what['’]?s?|how|why|where|who|"
    r"(?:can|could|do|did|would|will|have|are)\ you|before\ we|from\ your|for\ (?:any\ |my\ |the\ |our\ )?listeners)"
)
_SAID_OF = r"(?:who|whose|which|the|an?|my|our|his|her|their|one\ of)"  # begins an apposition
_HOST = re.compile(  # introduces oneself, anywhere
    rf"\b(?:[Yy]our\ (?:co-?)?hosts?(?:\ (?:today|this\ week|for\ today))?,?(?:\ is)?|[Mm]y\ name(?:\ is|['’]s)"
    rf"|I(?:\ am|['’]m)\ your\ [a-z\ -]{{1,30}},)\ {_NAME}(?=[,.!?;]|\ and\ |\ from\ |$)"
)
_SELF = re.compile(
    r"(?:^This\ is|\b(?:I(?:\ am|['’]m)|by\ myself,"
    r"|(?:[Hh]ello|[Hh]i)(?:\ (?:everyone|everybody|and\ welcome))?,\ this\ is|\b[Ii]t['’]s\ me,|^And\ it['’]s"
    rf"|\b[Ii]t['’]s(?=\ {_NAME.replace('<name>', '<_>')}(?:\ here|,\ your)\b)))"
    rf"\ {_NAME}(?=[,.!?;]|\ and\ |\ from\ |\ here\b|$)"
)  # the same, near the beginning or the end
_THERE = rf"{_NAME}\b(?!(?:\ [A-Z][\w’'-]*)*\ (?:[Pp]odcast|[Ss]how|people|listeners|fans|community|team)\b)"
_GUEST = re.compile(  # introduces somebody else, near the beginning
    rf"""
    (?: \b[Gg]uests?(?:\ (?:today|this\ week|for\ today|on\ the\ show|on\ today['’]s\ \w+))?,?(?:\ is|\ are)?,?
      | \bjoined\ (?:today\ |here\ |again\ |now\ |as\ always\ )*by(?:\ (?:my|our|an?|the)(?:\ [a-z-]+){{1,4}},?)?
      | \b[Jj]oin(?:s|ing)\ (?:me|us)(?:\ (?:today|here|again|now|as\ always))*(?:\ is)?
        (?:\ (?:my|our|an?|the)(?:\ [a-z-]+){{1,4}},?|\ none\ other\ than)?
      | \b(?:here|sitting|sit|sat)\ (?:down\ )?(?:today\ )?with(?:\ my\ [a-z-]+)?
      | \bwith\ (?:me|us)(?:\ (?:today|here|as\ always))*,?(?:\ is|\ as\ always\ is)?,?
      | ^(?:Hi|Hello|Hey|[Gg]ood\ (?:morning|evening|afternoon)),?(?:\ there,?)?
    )\ {_THERE}
    """,
    re.VERBOSE,
)
_MAYBE_GUEST = re.compile(  # the same, or mentions a thing; for common given names only
    rf"""
    (?: \b(?:talk(?:ing)?|speak(?:ing)?|chat(?:ting)?
          |(?:[Mm]y|[Oo]ur|[Tt]his|[Tt]he|today['’]s|having\ an?)\ (?:conversation|interview|episode)(?:\ is)?)
        (?<!\ had\ a\ talk)\ (?:one-on-one\ )?(?:today\ )?with(?:\ my\ [a-z-]+)?
      | \b(?:introduce|have|having)(?:\ you\ to)?
    )\ {_THERE}
    """,
    re.VERBOSE,
)
_SHOWS = re.compile(rf"\b(?:[Ww]elcome(?:\ back)?\ to|episode\ of|listening\ to)\ {_NAME}")  # the name isn't a person's
_AND = re.compile(  # introduces one more, but not in "Ada Byron, Better Engines engineer"
    rf",?(?:\ and|,(?=\ {_NAME.replace('<name>', '<_>')}(?:[,.]|\ and\b)))"
    rf"(?:\ (?:my|our)\ [\w-]+(?:\ [\w-]+)?,?)?\ {_NAME}"
)
_ABSENT = re.compile(  # tells who is not there
    r"\b(?:[Nn]ormally|[Uu]sually|not\ (?:joined|with\ us)|fill\ in|[Uu]nfortunately)\b"
)
_SHOW = re.compile(rf"\b[Tt]he\ {_NAME}\ (?:[Pp]odcast|[Ss]how)\b")  # a show named after a person, who is its host
_THANKS = r"(?:[Tt]hanks|[Tt]hank\ you)(?:\ so\ much|\ very\ much|\ again|\ a\ lot)?"
_THANKED = re.compile(  # thanks for something else also go to people who are absent, and alone to common given names
    rf"\b{_THANKS}(?:\ for\ (?:having|inviting|joining|coming|being|taking|doing|sharing|your|the|all|that)\b"
    rf"[a-z\ ’']{{0,40}}{_MEANT}\ {_NAME}|,?\ (?P<alone>{_FIRST})[.!…]*$)"
)
_WELCOMED = re.compile(
    rf"(?<![\w’'-]){_NAME},?\ "
    r"(?:welcome\b|thanks?\ (?:you\ )?(?:so\ much\ |very\ much\ )?for|it['’]s\ (?:great|good|a\ pleasure))"
)
_WELCOME = re.compile(
    r"(?:\bwelcome|^Welcome)(?:\ back)?"
    r"(?:\ to\ (?:(?:the|this|our)\ [a-z\ ]{3,30}|(?:the\ )?[A-Z][\w'’\ ]{2,40}(?=,)))?,?"
    rf"\ {_NAME}(?=[.,!?]|$)"
)
_AMID = re.compile(  # addresses somebody in the middle of a sentence, outside lists
    rf"(?:\b(?:you|[Tt]hanks),?\ (?P<you>{_FIRST})(?=[,.!?;…]|$)|(?<=[a-z]),\ (?P<name>{_FIRST}),\ (?=[a-z]))"
)
_MET = re.compile(  # "how are you", "great to be here"; for common given names only, as things can be great, too
    r"\b(?:[Hh]ow\ (?:are|have|is)|[Nn]ice|[Gg]ood|[Gg]reat|[Ll]ovely|[Pp]leasure|[Hh]onou?r)\b[a-z\ ,’']{0,60}"
    rf"(?:\b(?:you|here|back|again)|,)\ {_NAME}(?=[.,!?]|$)"
)
_ADDRESSED = re.compile(  # addresses somebody at the beginning of a sentence, or at its end
    r"^(?:(?:so|and|but|well|okay|ok|yeah|yes|no|right|all\ right|alright|now|cool|great|hey|oh|awesome|excellent|"
    rf"exactly|sorry|however|look|then),?\ ){{0,2}}(?-i:{_NAME})(?:[?!]|,(?!\ {_SAID_OF}\b)|\ {_TO}\b)"
    rf"|,\ (?P<last>(?-i:{_FIRST}))[.?!…]+$",
    re.VERBOSE | re.IGNORECASE,
)
_LISTED = re.compile(r"\w,? [A-Z][\w-]*$")  # an item before the last one of a list
_HOSTING = re.compile(  # what hosts say (and below, guests) near the beginning or the end
    r"\b(?:your (?:co-?)?host|(?:my|our) guest|welcome (?:back|to (?:the|this|another))|joining (?:me|us)|joined by|"
    r"for joining|today we['’]re|"
    r"(?:thanks?|thank you)(?: so much| very much| again)? for (?:coming|being here|listening|tuning))\b",
    re.IGNORECASE,
)
_COHOST = re.compile(r"\bco-?host", re.IGNORECASE)
_VISITING = re.compile(r"\b(?:for having (?:me|us)|for the invitation|to be (?:here|on)|my pleasure)\b", re.IGNORECASE)
_FULL = re.compile(rf"\b(?P<first>{_FIRST})\ {_PARTICLE}{{0,2}}(?:[A-Z]\.\ )?(?P<last>[A-Z][\w’'-]*[a-z][\w’'-]*)")
_INSIDE = re.compile(r"(?<=[\w,] )[A-Z][\w’'-]*[^\W\d_]")  # capitalised, and not at the start of a sentence
_TO_YOU = re.compile(r"\b(?:you|your|yours|yourself|thanks?|welcome)\b|\?$", re.IGNORECASE)  # is said to somebody
_TOLD = re.compile(  # introduces reported speech, in which somebody else may be addressed
    r"\b(?:said|says?|saying|asked|(?:['’](?:s|m|re)|was|were|be|just|goe?s?) like)\b[\w ,’']{0,40}$"
)
_QUOTES = re.compile(r"[\"“”]")
_OPENING = re.compile(r"(?:^|[\s(\[—–-])[\"“]")
_TIME = re.compile(r"^\d+(?::\d\d)+\s+")  # at the start of turns in some transcripts
_WORD = re.compile(r"(?<![\w@./:-])[^\W\d_]{2,}(?![\w@/-]|\.\w)")  # not part of an address, as in ann@example.org
_GIVEN = re.compile(r"[^\W\d_][^\W\d_A-Z]+(?:[-'’][^\W\d_]+)*")  # "Ada", but not "AI" or "SparseML"
_NOBODY = frozenset(
    "i i'm monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november december english american german god jesus everyone everybody guys folks man dude sir "
    "hi alright hello mr mrs ms dr yes no yeah okay ok oh hey well cool so and but right great thanks thank sure "
    "exactly absolutely yep yup nope wow nice awesome maybe actually podcast show please anyway "
    "bye goodbye gentlemen ladies fellas friends team lord "
    "i'll i've i'd you're you'll we're we'll let's that's it's".split()
)
_SELDOM = 5  # an uncommon name must be capitalised within sentences this many times as often as it is in lower case
_THINGS = 10  # an uncommon name that occurs more than this many times as often as it tells a person is a thing's
_PART = 2.0  # score of a phrase that only hosts or only guests say
EARLY = 40  # sentences at the start in which people introduce themselves

Kind = Literal["says", "greeted", "introduced", "addressed"]


@dataclass(frozen=True, slots=True)
class NameEvidence:
    """A sentence with the name of whoever says it (kind "says"), or of somebody else who is present (other kinds).

    sentence: its index.
    amid: whether it is far from the beginning and the end, where people greet each other.
    """

    sentence: int
    name: str
    kind: Kind
    amid: bool = False


@cache
def given_names() -> frozenset[str]:
    """Return given names that are common in several countries, as they are written."""
    lines = resources.files("talkbook.drafting").joinpath("data/given_names.txt").read_text("utf-8").splitlines()
    return frozenset(line for line in lines if not line.startswith("#"))  # which names the source


def role_scores(sentences: Sequence[str]) -> list[float]:
    """Return each sentence's score for the host, by phrases of hosts and guests; 0 for all if there is a co-host."""
    if any(map(_COHOST.search, sentences[:EARLY])):
        return [0.0] * len(sentences)
    last = len(sentences) - EARLY
    return [
        _PART * (bool(_HOSTING.search(text)) - bool(_VISITING.search(text))) if at < EARLY or at >= last else 0.0
        for at, text in enumerate(sentences)
    ]


def evidence(sentences: Sequence[str]) -> tuple[NameEvidence, ...]:
    """Return the evidence for names.

    Uncommon names must be capitalised within sentences, and rarely in lower case; and unless they are introduced or
    greeted, a sentence with "you" or a question must be addressed to them.
    """
    sentences = [_TIME.sub("", text) for text in sentences]
    words = Counter(word for text in sentences for word in _WORD.findall(text))
    inside = Counter(word.lower() for text in sentences for word in _INSIDE.findall(text))
    late = len(sentences) - EARLY
    found = [each for at, text in enumerate(sentences) for each in _in_sentence(at, text, late)]
    times = Counter(_head(each) for each in found)
    met = {_head(each) for each in found if each.kind != "addressed" or _TO_YOU.search(sentences[each.sentence])}
    shows = {match["name"] for text in sentences for match in _SHOWS.finditer(text)}

    def names(each: NameEvidence) -> bool:
        head = _head(each)
        word = head.lower().replace("’", "'")
        if word in _NOBODY or each.name in shows or (each.kind == "addressed" and " " in each.name):
            return False
        if head in given_names():  # "Will you" has no name if "will" is more frequent, but "welcome, Will" has one
            return each.kind != "addressed" or words[word] <= inside[word]
        seldom = words[word] * _SELDOM <= inside[word] and _THINGS * times[head] >= words[head]
        return seldom and head in met and _may_name(each, inside[word])

    found = _in_full(list(filter(names, found)), sentences[:EARLY])
    heads = given_names().union(map(_head, found))
    titles = [(at, match["name"]) for at, text in enumerate(sentences[:EARLY]) for match in _SHOW.finditer(text)]
    hosts = [NameEvidence(at, name, "says") for at, name in titles if " " in name and name.split()[0] in heads]
    return (*found, *hosts)


def _in_full(found: Sequence[NameEvidence], opening: Sequence[str]) -> list[NameEvidence]:
    """Return the evidence with first names completed, if the opening sentences have one full name for them."""
    alone = {each.name for each in found if " " not in each.name}
    full: dict[str, set[str]] = defaultdict(set)
    for text in opening:
        for match in _FULL.finditer(text):
            if match["first"] in alone and match["last"].lower().replace("’", "'") not in _NOBODY:
                full[match["first"]].add(re.sub(r"['’]s?$", "", match[0]))
    return [replace(each, name=min(full[each.name])) if len(full[each.name]) == 1 else each for each in found]


def _head(evidence: NameEvidence) -> str:
    return evidence.name.split()[0]


def _may_name(evidence: NameEvidence, inside: int) -> bool:
    """Return whether an uncommon name may be a person's. inside: how often it is capitalised within sentences."""
    head = _head(evidence)
    if evidence.kind == "addressed":
        return inside > 0 and _GIVEN.fullmatch(head) is not None
    return " " in evidence.name or _GIVEN.fullmatch(head) is not None or evidence.kind == "greeted"


def _in_sentence(at: int, text: str, late: int) -> Iterator[NameEvidence]:
    """Yield the evidence in the sentence `at`. late: the index of the sentence from which people say goodbye."""
    kinds: dict[str, Kind] = {}
    for match, group, kind in _matches(text, early=at < EARLY, late=at >= late):
        if not _quoted(text, match.start(group)):
            kinds[re.sub(r"['’]s$", "", match[group])] = kind
    for name, kind in kinds.items():
        yield NameEvidence(at, name, kind, EARLY <= at < late)


def _matches(text: str, *, early: bool, late: bool) -> Iterator[tuple[re.Match[str], str, Kind]]:
    """Yield (match, its group with the name, kind of evidence); for each name, the last one is the most telling."""
    for match in _ADDRESSED.finditer(text):
        if match["name"] or not _LISTED.search(text, 0, match.start()):
            yield match, "name" if match["name"] else "last", "addressed"
    for match in _AMID.finditer(text):
        if match["you"] or (match["name"] in given_names() and not _TOLD.search(text, 0, match.start())):
            yield match, "you" if match["you"] else "name", "addressed"
    if early and not _ABSENT.search(text):
        usual = (match for match in _MAYBE_GUEST.finditer(text) if match["name"].split()[0] in given_names())
        for guest in (*_GUEST.finditer(text), *usual):
            following: re.Match[str] | None = guest
            while following:
                yield following, "name", "introduced"
                following = _AND.match(text, following.end())
    for match in _THANKED.finditer(text):
        if match["name"] or match["alone"] in given_names():
            yield match, "name" if match["name"] else "alone", "greeted"
    for pattern in (_WELCOMED, _WELCOME):
        for match in pattern.finditer(text):
            yield match, "name", "greeted"
    for match in _MET.finditer(text):
        if match["name"].split()[0] in given_names():
            yield match, "name", "greeted"
    for match in _HOST.finditer(text):
        yield match, "name", "says"
    for match in _SELF.finditer(text) if early or late else ():
        if " " in match["name"] or match["name"] in given_names():  # people are also French, for example
            yield match, "name", "says"


def _quoted(text: str, at: int) -> bool:
    """Return whether the text at `at` quotes somebody else.

    Either a quotation was opened before it, or one that began in an earlier sentence is closed after it.
    """
    before = [match.start() for match in _QUOTES.finditer(text, 0, at)]
    if before:
        return _OPENING.match(text, max(0, before[-1] - 1)) is not None
    after = _QUOTES.search(text, at)
    return after is not None and _OPENING.match(text, after.start() - 1) is None
