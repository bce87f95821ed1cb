"""A transcript's HTML contains its source and what is shown, character for character, and its text is never markup."""

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

import markup
from making import transcript, words
from talkbook.model import Edit, Transcript
from talkbook.pages import transcript_html
from talkbook.pages.transcript_html import Note, PassageMark
from talkbook.transcripts import source_map

WORDS = [
    *"the the model um uh, is is a VIP coding so. Yes? it's it's very very Uh ok".split(),
    *["<b>", "&amp;", "&", "</p>", "<!--", "]]>", '"', "'", "{{7*7}}", "</script>", "<ins>", "</del>", "é", "\n", " "],
]
SOURCES = st.lists(st.sampled_from(WORDS), min_size=1, max_size=40).map(" ".join)
ANY = st.text(st.characters(exclude_characters="\r\0", exclude_categories=("Cs", "Cn", "Cc")), min_size=1, max_size=60)
LEXICON = words(("VIP coding", "vibe coding"), ("model", "<model>"), ("</p>", "para & graph"), ("so", 'so "good"'))


@st.composite
def stretches(draw: st.DrawFn) -> tuple[Transcript, int, int]:
    whole = transcript(draw(st.one_of(SOURCES, ANY)), words=LEXICON)
    start = draw(st.integers(0, len(whole.source)))
    return whole, start, draw(st.integers(start, len(whole.source)))


@st.composite
def marks_of(draw: st.DrawFn, whole: Transcript) -> list[PassageMark]:
    result = []
    for number in range(draw(st.integers(0, 4))):
        start = draw(st.integers(0, len(whole.source) - 1))
        result.append(PassageMark(start, draw(st.integers(start + 1, len(whole.source))), f"q-{number}"))
    return result


@st.composite
def notes_of(draw: st.DrawFn, whole: Transcript) -> list[Note]:
    """Links as pages make them: around words that were found in the text as shown."""
    view = source_map.View(whole.source, whole.edits, 0, len(whole.source))
    spans = [view.span(*match.span()) for match in re.finditer(r"\w+( \w+)?", view.text)]
    chosen = draw(st.lists(st.sampled_from(spans), max_size=4, unique=True)) if spans else []
    return [Note(start, end, '<a href="../topics/a/">', "</a>") for start, end in sorted(chosen)]


@given(stretches(), st.data())
def test_without_every_ins_it_is_the_source(stretch: tuple[Transcript, int, int], data: st.DataObject) -> None:
    whole, start, end = stretch
    html = transcript_html.html(whole, start, end, data.draw(notes_of(whole)), data.draw(marks_of(whole)))
    assert markup.text(markup.body(html), without="ins") == whole.source[start:end]


@given(stretches(), st.data())
def test_without_every_del_it_is_what_is_shown(stretch: tuple[Transcript, int, int], data: st.DataObject) -> None:
    whole, start, end = stretch
    html = transcript_html.html(whole, start, end, data.draw(notes_of(whole)))
    assert markup.text(markup.body(html), without="del") == source_map.shown(whole.source, whole.edits, start, end)


@given(SOURCES, st.data())
def test_marks_around_whole_words_change_nothing_that_is_shown(source: str, data: st.DataObject) -> None:
    whole = transcript(source, words=LEXICON)
    view = source_map.View(whole.source, whole.edits, 0, len(source))
    spans = [view.span(*match.span()) for match in re.finditer(r"\S+( \S+)*?", view.text)]
    marks = [PassageMark(*data.draw(st.sampled_from(spans)), f"q-{number}") for number in range(3)] if spans else []
    html = transcript_html.html(whole, 0, len(source), data.draw(notes_of(whole)), marks)
    assert markup.text(markup.body(html), without="del") == source_map.shown(whole.source, whole.edits)


@given(stretches(), st.data())
def test_words_are_never_markup(stretch: tuple[Transcript, int, int], data: st.DataObject) -> None:
    whole, start, end = stretch
    html = transcript_html.html(whole, start, end, data.draw(notes_of(whole)), data.draw(marks_of(whole)))
    body = markup.body(html)
    assert {each.tag for each in body.iter()} <= {"div", "span", "ins", "del", "a"}
    attributes = {name for each in body.iter() for name in each.keys()}  # noqa: SIM118
    assert attributes <= {
        "class",
        "id",
        "data-quotes",
        "href",
        "hidden",
        "tabindex",
        "role",
        "aria-label",
    }


@given(stretches(), st.data())
def test_every_piece_of_a_passage_has_its_id(stretch: tuple[Transcript, int, int], data: st.DataObject) -> None:
    whole, start, end = stretch
    marks = data.draw(marks_of(whole))
    body = markup.body(transcript_html.html(whole, start, end, (), marks))
    for mark in marks:
        inside = [
            each for each in body.iter("span") if mark.id in [each.get("id"), *(each.get("data-quotes") or "").split()]
        ]
        said = "".join(markup.text(each, without="ins") for each in inside)
        assert said == whole.source[max(start, mark.start) : max(start, min(end, mark.end))]
        anchors = [each for each in body.iter() if each.get("id") == mark.id]
        assert len(anchors) == (1 if start <= mark.start < end else 0)


@given(stretches())
def test_plain_returns_what_is_shown_on_one_line(stretch: tuple[Transcript, int, int]) -> None:
    whole, start, end = stretch
    plain = transcript_html.plain(whole, start, end)
    assert plain == " ".join(source_map.shown(whole.source, whole.edits, start, end).split())


@given(st.one_of(SOURCES, ANY), st.data())
def test_each_returns_what_html_returns_for_each_paragraph(source: str, data: st.DataObject) -> None:
    whole = transcript(source, words=LEXICON)
    cuts = sorted({0, len(source), *data.draw(st.lists(st.integers(0, len(source)), max_size=4))})
    spans = list(pairwise(cuts))
    marks = data.draw(marks_of(whole))
    every = data.draw(notes_of(whole))
    notes = {at: [note for note in every if start <= note.start < end] for at, (start, end) in enumerate(spans)}
    alone = [transcript_html.html(whole, *span, notes[at], marks) for at, span in enumerate(spans)]
    assert (
        list(transcript_html.stretches(whole, spans, {at: found for at, found in notes.items() if found}, marks))
        == alone
    )
    assert transcript_html.lines(whole, spans) == [transcript_html.plain(whole, *span) for span in spans]


def test_a_correction_can_have_the_focus_and_says_what_was_captioned() -> None:
    whole = transcript("We like VIP coding.", words=LEXICON)
    (fix,) = markup.body(transcript_html.html(whole, 0, len(whole.source))).findall("span")
    assert fix.get("tabindex") == "0"
    assert fix.get("role") == "note"
    assert fix.get("aria-label") == "captioned: VIP coding"


def test_a_correction_in_a_link_cannot_have_the_focus() -> None:
    whole = transcript("We like VIP coding.", words=LEXICON)
    html = transcript_html.html(whole, 0, len(whole.source), [Note(8, 18, '<a href="../vibe-coding/">', "</a>")])
    (fix,) = markup.body(html).findall("a/span")
    assert fix.get("tabindex") is None
    assert fix.get("aria-label") == "vibe coding, captioned: VIP coding"  # also the name of the link


def test_raw_words_are_hidden_without_a_style_sheet() -> None:
    whole = transcript("Well, um, yes.")
    deletions = list(markup.body(transcript_html.html(whole, 0, len(whole.source))).iter("del"))
    assert deletions
    assert all(each.get("hidden") is not None for each in deletions)


def test_a_withheld_passage_shows_neither_form() -> None:
    whole = transcript("Call 555 1234 now.", "private:\n  - {from: '555', to: '1234'}\n")
    body = markup.body(transcript_html.html(whole, 0, len(whole.source)))
    assert markup.text(body) == "Call [withheld] now."
    assert [edit.kind for edit in whole.edits] == ["private"]
    assert Edit(5, 13, "[withheld]", "private") in whole.edits


@given(st.one_of(SOURCES, ANY))
def test_turns_and_paragraphs_are_on_one_line_each(source: str) -> None:
    whole = transcript(source, words=LEXICON)
    inside = [(each.start, each.end) for turn in whole.turns for each in turn.paragraphs]
    assert transcript_html.paragraphs(whole) == transcript_html.lines(whole, inside)
    assert list(transcript_html.turns(whole)) == [
        transcript_html.plain(whole, turn.start, turn.end) for turn in whole.turns
    ]


def test_a_turn_without_spaces_is_on_a_line_without_spaces() -> None:
    """Such a turn is cut into paragraphs where the source has no space."""
    whole = transcript("这是一句很长的话。" * 200)
    assert len(whole.turns[0].paragraphs) > 1
    assert list(transcript_html.turns(whole)) == [whole.source]


@pytest.mark.parametrize(
    "said", ["石头是所有能被冲走的东西都消失之后剩下的东西。" * 10, f"So {'x' * 300}", "word " * 90]
)
def test_an_opening_has_as_many_words_as_fit_in_any_language(said: str) -> None:
    whole = transcript(said)
    shown = markup.text(markup.body(transcript_html.opening(whole, 0, len(whole.source.rstrip()), 110)))
    assert shown.endswith("…")
    assert 55 <= len(shown) <= 111
