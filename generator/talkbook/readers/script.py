"""Transcripts that are text: heads that name who speaks now, and what is said between them.

The source is the file's text. A voice is a span of it; a head or a time that stands inside
a voice, because the same person goes on, is covered by a mark: not shown, and not lost.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from talkbook.model import Edit, Heading, Speech, Voice
from talkbook.problems import Problem, Refused
from talkbook.readers import inline, speakers

SAME = ""  # the label of a head that lets the same speaker go on

_TITLE = re.compile(
    r"^[ \t]*(?:\#{1,6}[ \t]+(?P<hash>[^\n]*?)[ \t]*\#*|(?P<em>[*_])(?=[^\s*_])(?P<words>[^*_\n.?!,;]{1,60})(?P=em)"
    r"|(?P<rule>(?:[-*_=][ \t]?){3,}))[ \t]*$\n?",
    re.MULTILINE,
)
_BACK = re.compile(
    r"(?:attendees|attendance|participants|links?|references?|resources|show ?notes|footnotes|further reading|zoom chat|chat|"
    r"next meeting|transcri(?:pt|ption) credits?|about|appendix|related)\b",
    re.IGNORECASE,
)
_FOOTER = re.compile(r"^[ \t]*(?:Transcribed by https?://\S+|Search in video|Sync to video time)[ \t]*$", re.MULTILINE)
_EMPTY_LINES = re.compile(r"\n[ \t]*\n\s*")
_LINES = re.compile(r"\n\s*")


@dataclass(frozen=True, slots=True)
class Head:
    """text[start:end] says who speaks from `end` on: a label, None for nobody known, SAME for the same.

    title: of a section that starts here instead.
    """

    start: int
    end: int
    label: str | None
    seconds: float | None = None
    title: str = ""


@dataclass(slots=True)
class _Found:
    voices: list[Voice] = field(default_factory=list)
    marks: list[Edit] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)
    moments: list[tuple[int, float]] = field(default_factory=list)
    sounds: list[tuple[int, int]] = field(default_factory=list)


def head(match: re.Match[str], name: str | None, seconds: float | None) -> Head:
    """The head that a pattern found; a section's name gives a title."""
    if name and speakers.section(name):
        return Head(match.start(), match.end(), None, seconds, name.strip().capitalize())
    return Head(match.start(), match.end(), name, seconds)


def speech(text: str, heads: Iterable[Head], path: str, problems: Iterable[Problem] = ()) -> Speech:
    """The speech between the heads, which are in order and apart. Raises Refused where there is none."""
    reports = list(problems)
    cuts = _without_chapters(text, [*heads], path, reports)
    markdown = path.lower().endswith((".md", ".markdown")) or "](http" in text or "\\[" in text
    noted = inline.find(text, markdown)
    found = _Found(sounds=noted.sounds)
    speaker: str | None = None
    fresh = True  # a new voice starts, whoever it is
    seconds: float | None = None
    hidden: list[Edit] = []
    for cut, end in zip([Head(0, 0, None), *cuts], [*(cut.start for cut in cuts), len(text)], strict=True):
        if cut.title:
            found.headings.append(Heading(cut.end, cut.title))
        same = cut.label == SAME or (cut.label == speaker and not cut.title and cut.label is not None)
        fresh = fresh or not same
        if cut.label != SAME:
            speaker = cut.label
        if cut.end > cut.start:
            hidden.append(Edit(cut.start, cut.end, "", "mark"))
        if cut.seconds is not None:
            seconds = cut.seconds
        for start, stop, title in _pieces(text, cut.end, end, markdown):
            if title is not None:
                if title:
                    found.headings.append(Heading(stop, title))
                    speaker = None if _BACK.match(title) else speaker
                fresh = True
                continue
            span = noted.trim(text, start, stop)
            if span is None:
                continue
            if fresh or not found.voices:
                found.voices.append(Voice(*span, speaker))
            else:
                found.voices[-1] = Voice(found.voices[-1].start, span[1], speaker)
                found.marks += [edit for edit in hidden if edit.start > found.voices[-1].start]
            hidden, fresh = [], False
            if seconds is not None:
                found.moments.append((span[0], seconds))
                seconds = None
    if not found.voices:
        raise Refused(*reports, Problem(path, 0, "There is no speech in this file.", "Put a transcript here, or remove it."))
    return _speech(text, found, noted, reports)


def _pieces(text: str, start: int, end: int, markdown: bool) -> Iterator[tuple[int, int, str | None]]:
    """(start, end, None) of stretches of speech, and (start, end, title) of what is none between them."""
    at = start
    breaks = [*_FOOTER.finditer(text, start, end)] if "://" in text or "Search in" in text else []
    if markdown:
        breaks = sorted([*breaks, *_TITLE.finditer(text, start, end)], key=re.Match.start)
    for match in breaks:
        if match.start() < at:
            continue
        yield at, match.start(), None
        groups = match.groupdict()
        title = groups.get("hash") or groups.get("words") or ""
        yield match.start(), match.end(), inline.plain(title)
        at = match.end()
    yield at, end, None


def _without_chapters(text: str, heads: list[Head], path: str, problems: list[Problem]) -> list[Head]:
    """The heads without a run of lines, times with titles, that nothing is said under."""
    run: list[Head] = []
    kept: list[Head] = []
    for cut, end in zip(heads, [*(cut.start for cut in heads[1:]), len(text)], strict=True):
        if cut.seconds is not None and cut.label and cut.end <= end and not text[cut.end : end].strip():
            run.append(cut)
            continue
        kept += run if len(run) < 3 else []
        if len(run) >= 3:
            kept.append(Head(run[0].start, run[-1].end, None))
            line = text.count("\n", 0, run[0].start) + 1
            words = ", ".join(cut.label or "" for cut in run)
            problems.append(Problem(path, line, f"A list of chapters is left out: {words}.", warning=True))
        run = []
        kept.append(cut)
    return kept + run


def _speech(text: str, found: _Found, noted: inline.Notes, problems: Sequence[Problem]) -> Speech:
    breaks = _EMPTY_LINES if "\n\n" in text.strip() else _LINES
    inside = inline.inside(found.voices)
    marks = sorted([*found.marks, *(mark for mark in noted.marks if inside(mark.start, mark.end))])
    moments: list[tuple[int, float]] = []
    for offset, seconds in sorted([*found.moments, *noted.moments(found.voices)]):
        if not moments or offset > moments[-1][0]:
            moments.append((offset, seconds))
    return Speech(
        source=text,
        voices=tuple(found.voices),
        moments=tuple(moments),
        breaks=tuple(noted.after(match.end()) for match in breaks.finditer(text)),
        sounds=tuple(span for span in found.sounds if inside(*span)),
        headings=tuple(found.headings),
        problems=tuple(problems),
        marks=tuple(inline.apart(marks)),
    )
