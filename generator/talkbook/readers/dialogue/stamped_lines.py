"""Lines that start with a time: `[0:01:02] Ada: text`, `[Speaker 1] [0:20] text`, `0:06 - text`, `**0:06** · text`."""

import re

from talkbook.problems import Problem
from talkbook.readers.dialogue import assemble, colon_labels
from talkbook.readers.speech import label_rules, line_matches, sounds
from talkbook.readers.speech.speech import Speech
from talkbook.readers.speech.times import CLOCK, clock
from talkbook.text import speaker_labels

_SPAN = rf"(?P<time>{CLOCK})(?:[ \t]*(?:-->|->|-|–|to)[ \t]*{CLOCK})?"
_LINE = re.compile(
    rf"""
    ^[ \t]* (?P<dash>[-–—][ \t]+)?
    (?: \[ (?P<who>[^\]\[\n:]{{1,60}}) \] [ \t]* :? [ \t]* )?
    (?: [\[(] {_SPAN} [\])] [ \t]* [:-]? [ \t]*
      | (?P<bare>{CLOCK}) (?: [ \t]+ | $ )
      | \*\* (?P<bold>{CLOCK}) \*\* [ \t]+ (?: [·•|] [ \t]+ )? )?
    (?P<change> (?: [-–—] | >> ) [ \t]+ )?
    (?: (?P<name>{label_rules.NAME}) [ \t]* (?: : (?: [ \t]+ | $ ) | ： [ \t]* ) )?
    """,
    re.VERBOSE | re.MULTILINE,
)


def fits(text: str) -> bool:
    """Return whether enough lines start with a time or a bracketed name, and speakers' labels don't outnumber them."""
    heads = _heads(text, "", [])
    usual = len(heads) > 1 and len(heads) * 6 >= sum(1 for line in text.splitlines() if line.strip())
    return usual and not colon_labels.fits(text, len(heads))


def read(text: str, path: str) -> Speech:
    """Return one utterance from each head to the next, across line ends; the source is the text of the file."""
    problems: list[Problem] = []
    heads = _heads(text, path, problems)
    plain = not any(match["bold"] for match in _matches(text))  # then a list of chapters looks like speech
    return assemble.speech(text, heads, path, problems, stamped=plain)


def _matches(text: str) -> list[re.Match[str]]:
    """Return the lines that start with a time or a bracketed name. If some times are bold, only those count."""
    found = [match for match in line_matches.finditer(_LINE, text) if _seconds(match) is not None or _who(match)]
    return [match for match in found if match["bold"]] or found


def _heads(text: str, path: str, problems: list[Problem]) -> list[assemble.Head]:
    matches = _matches(text)
    named = [match["name"].strip() for match in matches if match["name"]]
    sure = label_rules.accept(named, len(matches))
    if len(named) * 3 >= len(matches):  # a name is likely after a time
        sure |= {name for name in named if label_rules.plausible(name)}
    doubtful = label_rules.doubtful(named, sure, len(matches))
    heads = []
    for match in matches:
        name, who = (match["name"] or "").strip(), _who(match)
        doubt = not who and name in doubtful
        if doubt:
            problems.append(assemble.doubt(text, match, path))
        label = name if name in sure else who
        if not label and (match["change"] or match["dash"] or doubt):
            label = None
        end = match.end() if name in sure or not name else match.start("name")
        heads.append(assemble.head(match, label, _seconds(match), end))
    return heads


def _seconds(match: re.Match[str]) -> float | None:
    time = match["time"] or match["bare"] or match["bold"]
    return clock(time) if time else None


def _who(match: re.Match[str]) -> str:
    who = (match["who"] or "").strip()
    named = who and (speaker_labels.anonymous(who) or (label_rules.plausible(who) and not sounds.note(who)))
    return who if named else ""
