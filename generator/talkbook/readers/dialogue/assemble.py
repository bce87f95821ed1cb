"""Assemble Speech from a text and its heads, the places that say who speaks.

The source is the text of the file, and an utterance is a span of it. A head or time within an utterance, where the same
speaker continues, is covered by a mark: it isn't shown, but stays in the source.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, field, replace
from itertools import islice
from operator import attrgetter
from typing import NamedTuple

from talkbook.model import Edit
from talkbook.problems import Problem, excerpt
from talkbook.readers.dialogue import chapter_lists, inline_markup
from talkbook.readers.speech import cues, label_rules, line_matches
from talkbook.readers.speech.speech import Heading, Speech, Utterance
from talkbook.text.anchors import line_of

_HEAD = 4_000  # characters; a tool's note about the recording ends within these
SAME = ""  # the label of a head after which the same speaker continues

_TITLE = re.compile(
    r"^[ \t]*(?:\#{1,6}[ \t]+(?P<hash>[^\n]{0,300})|(?P<em>[*_])(?=[^\s*_])(?P<words>[^*_\n.?!,;]{1,60})(?P=em)[ \t]*"
    r"|(?P<rule>(?:[-*_=][ \t]?){3,}))$\n?",
    re.MULTILINE,
)
_FIRST_LEVEL = re.compile(r"^[ \t]*#[ \t]+\S", re.MULTILINE)
_BACK = re.compile(
    r"(?:attendees|attendance|participants|links?|references?|resources|show ?notes|footnotes|further reading|"
    r"zoom chat|chat|next meeting|transcri(?:pt|ption) credits?|about|appendix|related)\b",
    re.IGNORECASE,
)
_FOOTER = re.compile(
    r"^(?:Transcribed by https?://\S+|Search in video|Sync to video time|Transcription ended after [\d:]+)[ \t]*$",
    re.MULTILINE,
)
_STATE = re.compile(r"^(?P<name>[^\n.:]{1,80}) (?:started|stopped) transcription[ \t]*$", re.MULTILINE)
_FORE = re.compile(  # at the top of the file, as Otter, Google Meet and Teams write it
    r"\s*(?:[^\n]*\n){0,30}?(?:SUMMARY KEYWORDS[ \t]*\n[^\n]*\n\s*(?:SPEAKERS[ \t]*\n[^\n]*(?:\n|$))?"
    r"|This editable transcript was computer generated[^\n]*(?:\n|$)|[^\n.:]{1,80} started transcription[ \t]*(?:\n|$))"
)
_EMPTY_LINES = re.compile(r"\n[ \t]*(?:>[ \t]*)*\n\s*")  # also within a block quote
_LINES = re.compile(r"\n\s*")
_PARAGRAPH = 150  # characters of a line, on average, from which lines are paragraphs if there are no empty ones
_INDENTED = re.compile(r"\n[ \t]{2,}(?=\S)")  # begins a paragraph where lines are broken at a width, as in records


class Head(NamedTuple):
    """A place, text[start:end], that says who speaks from `end` on.

    label: the speaker's; None if unknown, SAME if the speaker stays the same.
    title: of a section that starts here.
    """

    start: int
    end: int
    label: str | None
    seconds: float | None = None
    title: str = ""


_Break = tuple[int, int, str]  # (start, end, title) of a part that isn't spoken; title "" if it has none


@dataclass(slots=True)
class _Builder:
    """The results so far, and the current speaker, while going through a text.

    fresh: whether the next words begin a new utterance, whoever speaks.
    seconds: the time of the next words, if a head gave one.
    hidden: the heads since the last words, which marks will cover if the utterance continues.
    """

    utterances: list[Utterance] = field(default_factory=list)
    marks: list[Edit] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)
    moments: list[tuple[int, float]] = field(default_factory=list)
    speaker: str | None = None
    fresh: bool = True
    seconds: float | None = None
    hidden: list[Head] = field(default_factory=list)

    def meet(self, head: Head) -> None:
        """Process a head."""
        if head.title:
            self.headings.append(Heading(head.end, head.title))
        same = head.label == SAME or (head.label == self.speaker and not head.title and head.label is not None)
        self.fresh = self.fresh or not same or bool(head.title)
        if head.label != SAME:
            self.speaker = head.label
        if head.seconds is not None:
            self.seconds = head.seconds
        self.hidden.append(head)

    def pause(self, end: int, title: str) -> None:
        """Process a part that is not spoken, up to `end`. title: its title, or ""."""
        if title:
            self.headings.append(Heading(end, title))
            self.speaker = None if back_matter(title) else self.speaker
        self.fresh = True

    def say(self, start: int, end: int) -> None:
        """Process spoken words, which begin a new utterance or extend the last one."""
        if self.fresh or not self.utterances:
            named = next((head.start for head in self.hidden if head.label and head.label == self.speaker), None)
            self.utterances.append(Utterance(start, end, self.speaker, named))
        else:
            self.utterances[-1] = last = self.utterances[-1]._replace(end=end, label=self.speaker)
            self.marks += [Edit(head.start, head.end, "", "mark") for head in self.hidden if head.start > last.start]
        self.hidden, self.fresh = [], False
        if self.seconds is not None:
            self.moments.append((start, self.seconds))
            self.seconds = None


def back_matter(title: str) -> bool:
    """Return whether a section with this title is not said by the last speaker: "References"."""
    return _BACK.match(title) is not None


def head(match: re.Match[str], name: str | None, seconds: float | None, end: int = 0) -> Head:
    """Make a head from a match, up to `end` (default: the end of the match). A section's name becomes its title."""
    end = end or match.end()
    if not name or not label_rules.section(name):
        return Head(match.start(), end, name, seconds)
    title = name.strip()
    calm = title[0].isupper() and not title.isupper()
    return Head(match.start(), end, None, seconds, title if calm else title.capitalize())


def doubt(text: str, match: re.Match[str], path: str) -> Problem:
    """Return the warning that it is unclear whether the match is a speaker's name."""
    start = match.start("name")
    return label_rules.doubt(match["name"].strip(), text[start : match.end() + 60], path, line_of(text, start))


def speech(
    text: str, heads: Iterable[Head], path: str, problems: Iterable[Problem] = (), stamped: bool = False
) -> Speech:
    """Return the speech between the heads, which must not overlap; offsets are those of `text`.

    path: the file, for messages.
    problems: those found so far.
    stamped: whether every line has a time, so that a list of chapters can't be told from speech.

    Raises ParseError if there is no speech.
    """
    reports = list(problems)
    heads = sorted(heads, key=attrgetter("start"))
    lists = [] if stamped else list(_chapters(text, path, reports))
    lists += _fore(text, next((cut.start for cut in heads if cut.label), len(text)), path, reports)
    cuts = [cut for cut in heads if not (lists and any(start <= cut.start < end for start, end, _ in lists))]
    markdown = path.lower().endswith((".md", ".markdown")) or "](http" in text or "\\[" in text
    ends = [*(cut.start for cut in cuts), len(text)]
    cuts = [Head(0, 0, None), *cuts]
    noted = inline_markup.find(text, markdown, zip((cut.end for cut in cuts), ends, strict=True))
    breaks = sorted([*_breaks(text, markdown, {cut.label for cut in cuts}), *lists])
    builder = _Builder()
    silent: list[Head] = []
    for cut, end in zip(cuts, ends, strict=True):
        builder.meet(cut)
        spoken = False
        for start, stop, title in _pieces(breaks, cut.end, end):
            if title is not None:
                builder.pause(stop, title)
            elif span := noted.trim(text, start, stop):
                builder.say(*span)
                spoken = True
        if cut.label and not spoken:
            silent.append(cut)
    reports += _silent(text, silent, path)
    if not builder.utterances:
        raise cues.silent(path, reports)
    return _speech(text, builder, noted, reports)


def _silent(text: str, heads: Sequence[Head], path: str) -> Iterator[Problem]:
    """Yield a warning if there are names under which nothing is said."""
    if heads:
        line = line_of(text, heads[0].start)
        called = ", ".join(dict.fromkeys(f'"{head.label}"' for head in heads))
        hint = "Remove the lines if nothing is missing."
        yield Problem(path, line, f"Nothing is said under {called} ({len(heads)} lines).", hint, warning=True)


def _breaks(text: str, markdown: bool, labels: Set[str | None]) -> list[_Break]:
    """Return the lines that are not spoken: titles, rules, and what tools add."""
    breaks = [(match.start(), match.end(), "") for match in line_matches.finditer(_FOOTER, text)]
    for match in line_matches.finditer(_STATE, text) if "ed transcription" in text else ():
        if match["name"] in labels or (" " in match["name"] and label_rules.strong(match["name"])):
            breaks.append((*match.span(), ""))
    for match in line_matches.finditer(_TITLE, text) if markdown else ():
        title = inline_markup.plain((match["hash"] or match["words"] or "").rstrip("# "))
        breaks.append((*match.span(), title))
    return breaks


def _chapters(text: str, path: str, problems: list[Problem]) -> Iterator[_Break]:
    for start, end in chapter_lists.find(text):
        line = line_of(text, start)
        words = "; ".join(entry.strip() for entry in text[start:end].split("\n"))
        hint = "To show chapters, write them as sections in the sidecar."
        problems.append(Problem(path, line, f"A list of chapters is left out: {words}.", hint, warning=True))
        yield start, end, ""


def _fore(text: str, first: int, path: str, problems: list[Problem]) -> Iterator[_Break]:
    """Yield a tool's note about the recording, if there is one that ends above the first name."""
    if any(sign in text[:_HEAD] for sign in ("SUMMARY KEYWORDS", "This editable transcript", "started transcription")):
        match = _FORE.match(text, 0, min(first, _HEAD))
        if match:
            words = "; ".join(line.strip() for line in match[0].split("\n") if line.strip())
            message = f"A tool's note about the recording is left out: {excerpt(words, 2000)}."
            hint = "If somebody says this, write the speaker above it, as for what follows."
            problems.append(Problem(path, 1, message, hint, warning=True))
            yield *match.span(), ""


def _pieces(breaks: Sequence[_Break], start: int, end: int) -> Iterator[tuple[int, int, str | None]]:
    """Yield (start, end, None) for stretches of speech, and (start, end, title) for the breaks between them."""
    at = start
    first = bisect_left(breaks, (start,))
    for begin, stop, title in islice(breaks, first, bisect_left(breaks, (end,), first)):
        if begin >= at:
            yield at, begin, None
            at = min(stop, end)
            yield begin, at, title
    yield at, end, None


def _speech(text: str, builder: _Builder, noted: inline_markup.Notes, problems: Sequence[Problem]) -> Speech:
    places = [match.end() for match in _EMPTY_LINES.finditer(text)]
    lines = text.strip().split("\n")
    if "" not in lines and len(text.strip()) >= _PARAGRAPH * len(lines):
        places = [match.end() for match in _LINES.finditer(text)]
    indented = [match.end() for match in _INDENTED.finditer(text)]
    places += indented if len(indented) * 2 < text.count("\n") else []
    places += [mark.end for mark in noted.marks if mark.text == inline_markup.APART]
    inside = inline_markup.inside(builder.utterances)
    marks = [*builder.marks, *(mark for mark in noted.marks if inside(mark.start, mark.end))]
    marks.sort(key=attrgetter("start"))
    moments: list[tuple[int, float]] = []
    for offset, seconds in sorted([*builder.moments, *noted.moments(builder.utterances)]):
        if not moments or offset > moments[-1][0]:
            moments.append((offset, seconds))
    return Speech(
        source=text,
        utterances=tuple(builder.utterances),
        moments=tuple(moments),
        breaks=tuple(sorted({noted.after(at) for at in places})),
        sounds=tuple(span for span in noted.sounds if inside(*span)),
        headings=tuple(_headings(text, builder)),
        problems=tuple(problems),
        marks=tuple(inline_markup.apart(marks)),
    )


def _headings(text: str, builder: _Builder) -> Iterator[Heading]:
    """Yield the headings. The only one of the first level is that of the whole, if it is above everything spoken."""
    tops = [match.end() for match in line_matches.finditer(_FIRST_LEVEL, text)]
    for at, heading in enumerate(builder.headings):
        above = not at and heading.start <= builder.utterances[0].start and len(tops) == 1 and tops[0] < heading.start
        section = label_rules.section(heading.title) or back_matter(heading.title)
        yield replace(heading, whole=above and not section)
