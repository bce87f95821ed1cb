"""Lines with a name and a time above the words: Rev, Otter, newsletters, Bitcoin Transcripts."""

import math
import re
from itertools import accumulate

from talkbook.readers.dialogue import assemble
from talkbook.readers.speech import label_rules, line_matches
from talkbook.readers.speech.speech import Speech
from talkbook.readers.speech.times import CLOCK, clock
from talkbook.text import speaker_labels

_LINE = re.compile(
    rf"""
    ^[ \t]* (?: (?P<name>{label_rules.NAME}) [ \t]* : ?  (?: [ \t]+ | (?=[(\[]) | (?<=[^\W\d]:) ) )?   # Ada Chen Rekhi
    (?: (?P<open>[(\[]) (?P<bracketed>{CLOCK}) [)\]] [ \t]* (?: : [ \t]* | $ \n? )  # (00:01:21): words
      | (?P<time>{CLOCK}) [ \t]* :? [ \t]* $ \n? )                                  # 00:01:21, the end
    """,
    re.VERBOSE | re.MULTILINE,
)


def fits(text: str) -> bool:
    """Return whether at least two lines are a name and a time."""
    return sum(1 for head in _heads(text) if head.label) > 1


def read(text: str, path: str) -> Speech:
    """Return one utterance from each name to the next, across lines with only a time.

    The source is the text of the file.
    """
    return assemble.speech(text, _heads(text), path)


def _heads(text: str) -> list[assemble.Head]:
    candidates = [_head(match) for match in line_matches.finditer(_LINE, text)]
    sure = [not head.label or _sure(head.label) for head in candidates]
    times = [head.seconds or 0.0 if known else None for head, known in zip(candidates, sure, strict=True)]
    after = [*accumulate(reversed(times), lambda later, time: later if time is None else time, initial=math.inf)]
    heads, before = [], 0.0
    for head, known, later in zip(candidates, sure, reversed(after[:-1]), strict=True):
        # A sentence such as "see you at 10:30" is unlikely to have a time that fits between its neighbours'.
        if known or (_possible(text, head) and before <= (head.seconds or 0.0) <= later):
            heads.append(head)
            before = head.seconds or 0.0
    return heads


def _head(match: re.Match[str]) -> assemble.Head:
    name = match["name"].strip(" :") if match["name"] else assemble.SAME
    return assemble.head(match, name, clock(match["time"] or match["bracketed"]))


def _sure(name: str) -> bool:
    return label_rules.plausible(name) or speaker_labels.anonymous(name) or label_rules.section(name)


def _possible(text: str, head: assemble.Head) -> bool:
    """Return whether the label may be a name, and its line is at the top or below an empty line."""
    above = text.rfind("\n", 0, max(head.start - 1, 0)) + 1
    return label_rules.possible(head.label or "") and not text[above : head.start].strip()
