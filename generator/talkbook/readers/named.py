"""Lines of a name and a time, with the words below: Rev, Otter, newsletters, Bitcoin Transcripts."""

import re

from talkbook import names
from talkbook.model import Speech
from talkbook.readers import lines, script, speakers
from talkbook.readers.times import CLOCK, clock

_LINE = re.compile(
    rf"""
    ^[ \t]* (?: (?P<name>{speakers.NAME}) [ \t]* : ?  (?: [ \t]+ | (?=[(\[]) ) )?   # Ada Chen Rekhi
    (?: (?P<open>[(\[]) (?P<bracketed>{CLOCK}) [)\]] [ \t]* (?: : [ \t]* | $ \n? )  # (00:01:21): words
      | (?P<time>{CLOCK}) [ \t]* :? [ \t]* $ \n? )                                  # 00:01:21, the end
    """,
    re.VERBOSE | re.MULTILINE,
)


def fits(text: str) -> bool:
    """Whether at least two lines are a name and a time."""
    return sum(1 for head in _heads(text) if head.label) > 1


def read(text: str, path: str) -> Speech:
    """Voices from name to name; a time alone lets the same speaker go on. The source is the file's text."""
    return script.speech(text, _heads(text), path)


def _heads(text: str) -> list[script.Head]:
    heads = []
    for match in lines.each(_LINE, text):
        seconds = clock(match["time"] or match["bracketed"])
        name = match["name"].strip(" :") if match["name"] else ""
        if name and not (speakers.plausible(name) or names.anonymous(name) or speakers.section(name)):
            continue
        heads.append(script.head(match, name or script.SAME, seconds))
    return heads
