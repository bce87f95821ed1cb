"""Each family of formats, on a sample of our own: who says what, and when."""

import datetime
import re
from collections.abc import Sequence

import pytest
import yaml
from samples import SAMPLES, Said

from talkbook import readers
from talkbook.readers.speech.speech import Speech
from talkbook.transcripts import frontmatter, source_map


def read(text: str, path: str = "talk.txt") -> Speech:
    return readers.read(text.encode(), path)


def said(speech: Speech) -> list[Said]:
    """Return the label, the words, and the time of the first word, for each utterance."""
    times = dict(speech.moments)
    return [
        (utterance.label, speech.source[utterance.start : utterance.end], times.get(utterance.start))
        for utterance in speech.utterances
    ]


def shown(speech: Speech) -> list[str]:
    return [
        source_map.shown(speech.source, speech.marks, utterance.start, utterance.end) for utterance in speech.utterances
    ]


@pytest.mark.parametrize("name", SAMPLES)
def test_a_sample_is_read_by_its_content(name: str) -> None:
    path, kind, text, expected = SAMPLES[name]
    assert readers.detect(text, path) == kind or text.startswith(("---", "\ufeff"))
    speech = read(text, path)
    got = said(speech)
    assert [(label, words) for label, words, _ in got] == [(label, words) for label, words, _ in expected]
    for (_, _, found), (_, _, wanted) in zip(got, expected, strict=True):
        assert wanted is None or found == pytest.approx(wanted)


@pytest.mark.parametrize("name", SAMPLES)
def test_a_sample_is_read_alike_under_another_name(name: str) -> None:
    path, _, text, _ = SAMPLES[name]
    if not path.endswith(".md"):
        assert said(read(text, path)) == said(read(text, "talk.txt"))


@pytest.mark.parametrize("name", SAMPLES)
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le"])
def test_encodings_with_a_mark_or_a_name_are_read(name: str, encoding: str) -> None:
    path, _, text, expected = SAMPLES[name]
    text = text.removeprefix("\ufeff").replace("\n", "\r\n")
    speech = readers.read(text.encode(encoding), path, encoding=encoding if encoding.endswith("-le") else "")
    assert [words for _, words, _ in said(speech)] == [words for _, words, _ in expected]


def test_words_and_cues_have_their_times() -> None:
    speech = read(SAMPLES["youtube-captions"][2], "auto.vtt")
    assert speech.moments == ((0, 0.0), (3, 0.5), (6, 1.0), (12, 2.01), (17, 3.0))


def test_markup_in_a_voice_is_not_shown_and_not_lost() -> None:
    speech = read(SAMPLES["bold-names"][2], "talk.md")
    assert shown(speech) == ["Hello you and x.\n\nA link.", "Fine [laughter] & well. Note: this stays."]
    assert [speech.source[start:end] for start, end in speech.sounds] == ["\\[laughter\\]"]
    assert [heading.title for heading in speech.headings] == ["Break"]
    assert speech.front == "title: A talk\n"


def test_heads_of_the_same_speaker_are_not_shown() -> None:
    assert shown(read(SAMPLES["bracketed"][2])) == ["Hello.", "Hi.\nAgain."]
    assert shown(read(SAMPLES["rev"][2]))[0].split() == ["Hello.", "Still", "me."]
    speech = read(SAMPLES["youtube-paste"][2])
    assert shown(speech)[0].split("  \n") == ["hello and welcome", "today we", "build", "an engine"]
    assert [heading.title for heading in speech.headings] == ["Chapter two"]


def test_a_time_that_is_spelt_out_below_itself_is_not_shown() -> None:
    assert (
        " ".join(shown(read(SAMPLES["youtube-paste, times spelt out"][2]))[0].split())
        == "hello 5 seconds 2 minutes end"
    )
    speech = read(SAMPLES["Google Meet"][2])
    assert " ".join(shown(speech)[2].split()) == "Hi. Bye."
    assert [seconds for _, seconds in speech.moments] == [0, 300]


def test_paragraphs_that_begin_with_an_indented_line_are_apart() -> None:
    speech = read(SAMPLES["hearing"][2] + "    We come\nto the\nlast of\nthem, and\nso we\nend.\n")
    assert {"We begin.", "We come"} < {speech.source[at:].partition("\n")[0] for at in speech.breaks}


def test_spaces_that_must_not_break_are_spaces() -> None:
    expected = [(label, words.replace("  ", "\u00a0\u00a0")) for label, words, _ in SAMPLES["press conference"][3]]
    text = SAMPLES["press conference"][2].replace("  ", "\u00a0\u00a0").replace("\n \n", "\n\u202f\n")
    assert [(label, words) for label, words, _ in said(read(text))] == expected


def test_a_question_is_told_by_its_letter_alone_where_a_paragraph_begins() -> None:
    text = SAMPLES["press conference"][2].replace("Q    ", "Q ").replace("Q\t", "Q ")
    assert [label for label, _, _ in said(read(text))] == ["MS. LEE", "Q", "MS. LEE", "Q", "MS. LEE"]
    assert "Q" not in [label for label, _, _ in said(read("Ada: We speak of\nQ Learning.\n\nBob: Yes.\n\nAda: So.\n"))]


def test_the_time_of_day_at_which_it_begins_and_ends_is_no_name() -> None:
    text = "2:03 P.M. EDT\n\nMS. LEE: Good afternoon.\n\nDR. RAY: Thanks.\n\nMS. LEE: Bye.\n\n2:40 P.M. EDT\n\nMore.\n"
    assert [label for label, _, _ in said(read(text))] == [None, "MS. LEE", "DR. RAY", "MS. LEE"]


ABOVE = """An interview about looms

Interviewee: Ada Lovelace
**Interviewer:** Charles Babbage
Date: 12 March 2019
- Location: [Turin](https://example.org/turin)

CB: Where were you born?

AL: In London. Date: a fruit.

CB: And then?

AL: I learnt.
"""


def test_lines_of_metadata_above_everything_are_not_spoken() -> None:
    speech = read(ABOVE)
    assert [label for label, _, _ in said(speech)] == ["CB", "AL", "CB", "AL"]
    assert said(speech)[1][1] == "In London. Date: a fruit."
    front = {"title": "An interview about looms", "Interviewee": "Ada Lovelace", "Interviewer": "Charles Babbage"}
    assert yaml.safe_load(speech.front) == front | {"Date": "12 March 2019", "Location": "Turin"}
    linked = read("# Looms\n**The show:** [12 March](https://example.org/a)\n* So we\n* begin.\n", "talk.md")
    assert shown(linked) == ["So we\n\nbegin."]


@pytest.mark.parametrize(
    "spoken",
    [
        "Host: Welcome to the show.\nGuest: Thanks for having me.\n\nHost: So.\n\nGuest: Yes.\n",
        "Date: It was a date.\n\nAda: One.\n\nDate: Two.\n\nAda: Three.\n",
        "Place: here\nDate: today\nAnd so we began to talk.\n",
        "Host: Welcome to the show\nTopic: bread\n\nHost: So.\n\nGuest: Yes.\n\nHost: Why?\n",
        "**Ada:** [my site](https://example.org)\n\n**Charles:** Thanks.\n\n**Ada:** Yes.\n\n**Charles:** So.\n",
    ],
)
def test_words_that_somebody_says_are_no_metadata(spoken: str) -> None:
    speech = read(spoken)
    assert not speech.front
    assert speech.source == spoken


def test_every_person_in_lines_of_metadata_is_kept_and_any_character() -> None:
    people = "Guest: Ada Lovelace\nguest: Eve Ray and Jo Fox\nSpeaker: Ann Lee\nSpeaker: Lu Xi\n"
    facts = "Title: Looms \U0001f600: a talk\nDate: 2019-03-12\nTags: a\nTags: b\nDate: 2020-01-01\n"
    speech = read(f"{facts}{people}\nAL: In London.\n\nCB: Why?\n\nAL: So.\n\nCB: Ah.\n")
    side = frontmatter.read(speech.front, "talk.txt")
    assert not side.problems
    assert side.title == "Looms \U0001f600: a talk"
    assert [who.name for who in side.speakers] == ["Ada Lovelace", "Eve Ray", "Jo Fox", "Ann Lee", "Lu Xi"]
    assert side.tags == ("a", "b")
    assert side.date == datetime.date(2019, 3, 12)


def test_lines_are_paragraphs_only_if_they_are_long() -> None:
    captions = "So we went on for days and it was fine.\nNobody minded.\nIt rained." * 9
    assert not read(captions, "talk.txt").breaks
    paragraphs = "\n".join(["So we went on for days and it was fine. " * 5] * 3)
    assert len(read(paragraphs, "talk.txt").breaks) == 2


def test_captions_in_a_list_are_joined_and_items_of_other_lists_are_apart() -> None:
    lines = [f"*  So we went on\n*  for {number} days.\n*  It was fine." for number in range(20)]
    (words,) = shown(read("# Days\n" + "\n".join(lines), "talk.md"))
    assert " ".join(words.split()).startswith("So we went on for 0 days. It was fine. So we")
    assert "\n\n" not in words
    (listed,) = shown(read("# Days\n- Fruit\n- Apples\n- Pears", "talk.md"))
    assert listed == "Fruit\n\nApples\n\nPears"


HEARING = SAMPLES["hearing"]
PAGE = "<html>\n<head><title>A hearing</title></head>\n<body><pre>\n{}</pre></body></html>\n"


def test_a_web_page_of_plain_text_is_read_like_the_text() -> None:
    _, _, text, expected = HEARING
    speech = read(PAGE.format(text.replace("Order.", "Order &amp; <b>peace</b>.")), "hearing.htm")
    assert speech.source.split("\n", 3)[3] == text.replace("Order.", "Order & peace.")
    assert [label for label, _, _ in said(speech)] == [label for label, _, _ in expected]
    assert speech.line("Mr. Ray") == 11


@pytest.mark.parametrize("other", ["<p>Day two</p>", "<pre>Day two</pre>"])
def test_words_beside_the_plain_text_of_a_page_are_not_lost(other: str) -> None:
    page = PAGE.format(HEARING[2])
    assert "Day two" in read(page.replace("<pre>", f"{other}<pre>"), "hearing.htm").source
    assert "Day two" in read(page.replace("</pre>", f"</pre>{other}"), "hearing.htm").source


def test_text_within_a_page_of_other_text_is_not_taken_for_the_page() -> None:
    page = f"<html><body><p>Ada: {'Here is a program that we wrote. ' * 9}</p><pre>print(7)</pre></body></html>"
    assert said(read(page, "talk.html"))[0][1].startswith("Ada: Here is")


def _record(*pages: list[str], foot: str = "        A Reporting Company") -> str:
    """Return a record whose pages have these lines; a line that begins with ~ has no number."""
    rows: list[str] = []
    for page in pages:
        number = 0
        for line in page:
            number += not line.startswith("~")
            rows.append(line[1:] if line.startswith("~") else f"{number:2}   {line}".rstrip())
        rows += ["", foot, ""]
    return "\n".join(rows)


TALK = [
    "       MR. RAY:  May it please",
    "the Court.",
    "       JUSTICE MOSS:  Do looms",
    "weave?",
    "       MR. RAY:  They",
]
TALK += ["do.", "       JUSTICE MOSS:  Well."]
FULL = TALK + [""] * 15


def _turns(*lines: str, pages: Sequence[list[str]] = ()) -> list[tuple[str | None, str]]:
    """Return who says what after two full pages, in a record with these pages and then one with these lines."""
    speech = read(_record(FULL, FULL, *pages, [*lines]), "record.txt")
    return [(label, words) for label, words, _ in said(speech)][8:]


@pytest.mark.parametrize("name", ["THE CLERK", "MR. MÜLLER", "JUROR NO. 5", "Mr. FOX", "Mrs. McKAY"])
def test_a_name_that_occurs_once_on_numbered_lines_is_a_speaker(name: str) -> None:
    turns = _turns("       MR. RAY:  Engines.", f"       {name}:  All rise.", "Now.", "       MR. RAY:  So")
    assert turns == [("MR. RAY", "Engines."), (name, "All rise. Now."), ("MR. RAY", "So")]


def test_a_colon_or_an_initial_within_a_paragraph_of_numbered_lines_is_no_speaker() -> None:
    turns = _turns("       MR. RAY:  We met", "NASA:  the agency, and", "THE BEST: us.", "       JUSTICE MOSS:  Yes.")
    assert turns[0] == ("MR. RAY", "We met NASA: the agency, and THE BEST: us.")
    questions = [
        "       Q.   Who?",
        "       A.   Countess",
        "A. Lovelace.",
        "       Q.   Where?",
        "       A.   At home.",
    ]
    assert _turns(*questions)[1] == ("A", "Countess A. Lovelace.")


def test_who_asks_according_to_a_heading_does_not_take_the_words_of_the_last_speaker() -> None:
    turns = _turns("       MR. RAY:  We", "BY MS. FOX:", "       Q.   Who?", "       A.   Me.", "       Q.   Why?")
    assert [label for label, _ in turns] == ["MR. RAY", "Q", "A", "Q"]
    turns = _turns("       MR. RAY:  We", "       BY MS. FOX:  Hello.", "       MR. RAY:  Yes.")
    assert turns[:2] == [("MR. RAY", "We"), (None, "Hello.")]


def test_a_missing_number_does_not_end_a_page_and_an_index_does() -> None:
    last = ["       MR. RAY:  We had", "~     9 looms", "and some", "missing", "of them", "       MS. FOX:  six."]
    record = _record(FULL, FULL, last).replace(" 3   missing\n", "")
    speech = read(f"{record}\nengines 1:2\nlooms 1:3, 2:3\nRay 1:1\ntea 2:2\n6 2:5\n7 1:1\n", "record.txt")
    assert said(speech)[8:] == [("MR. RAY", "We had 9 looms and some of them", None), ("MS. FOX", "six.", None)]


def test_a_long_text_without_numbers_is_not_taken_for_an_index_of_numbered_lines() -> None:
    text = _record(FULL, FULL) + "\n" + "And so we went on.\n" * 50
    assert read(text, "record.txt").source == text


def test_pages_of_few_numbered_lines_end_where_the_next_begins() -> None:
    short = ["       MR. RAY:  One", "two", "three."]
    turns = _turns("       MR. RAY:  Four", "five.", "       MS. FOX:  Six.", pages=[short])
    assert turns == [("MR. RAY", "One two three.\nFour five."), ("MS. FOX", "Six.")]


def test_words_in_capitals_on_numbered_lines_are_spoken_within_a_sentence() -> None:
    turns = _turns(
        "       MR. RAY:  I was at", "NASA JPL.", "It was", "HOT THERE", "indeed.", "       JUSTICE MOSS:  Yes."
    )
    assert turns[0] == ("MR. RAY", "I was at NASA JPL. It was HOT THERE indeed.")


def test_a_record_in_capitals_keeps_its_words_and_knows_only_names_that_recur() -> None:
    lines = [
        "       MR. RAY:  MAY IT",
        "PLEASE YOU.",
        "       I HAVE THREE:  ONE, TWO,",
        "AND MORE.",
        "       MR. FOX:  WHY?",
    ]
    page = [*lines, "WHERE DO", "YOU GO?"] + [""] * 15
    speech = read(_record(page, page), "record.txt")
    assert not speech.headings
    turns = [(label, words) for label, words, _ in said(speech)]
    assert turns[0][0] == "MR. RAY"
    assert turns[0][1].startswith("MAY IT PLEASE YOU.")
    speech = read(_record(page, [line for line in page if "THREE" not in line]), "record.txt")
    turns = [(label, words) for label, words, _ in said(speech)]
    expected = [("MR. RAY", "MAY IT PLEASE YOU."), (None, "I HAVE THREE: ONE, TWO, AND MORE.")]
    assert turns[:3] == [*expected, ("MR. FOX", "WHY? WHERE DO YOU GO?")]


def test_titles_on_numbered_lines_begin_sections_and_the_last_one_is_not_lost() -> None:
    lines = [
        "       MR. RAY:  We",
        "       ARGUMENT OF JANE FOX",
        "ON BEHALF OF NOBODY",
        "       MS. FOX:  So",
        "it is.",
    ]
    speech = read(_record(FULL, FULL, [*lines, "       END OF RECORD"]), "record.txt")
    assert [heading.title for heading in speech.headings] == ["Argument Of Jane Fox On Behalf Of Nobody"]
    assert said(speech)[-2:] == [("MS. FOX", "So it is.", None), (None, "END OF RECORD", None)]


def test_lines_without_numbers_between_pages_are_reported() -> None:
    wrapped = [*FULL[:-1], "end", "~     of the page"]
    speech = read(_record(FULL, FULL, wrapped, FULL) + "\nlooms 2:3\n", "record.txt")
    assert "of the page" not in speech.source
    assert [str(problem) for problem in speech.problems] == [
        "record.txt:73: Lines without numbers at the ends of pages are left out (2), such as this one. "
        "If somebody says what is on them, add it to the numbered line above."
    ]
    assert not read(_record(FULL, FULL), "record.txt").problems


def test_a_time_that_is_a_link_is_a_time() -> None:
    speech = read("* Hi. [[00:00:02](https://example.org/?t=2)]\n* You [0:05](https://example.org/?t=5) all.\n", "t.md")
    assert shown(speech)[0].split() == ["Hi.", "You", "all."]
    assert [seconds for _, seconds in speech.moments] == [2, 5]


def test_numbers_of_captions_are_not_spoken_where_no_empty_line_parts_them() -> None:
    cues = "1\n00:01,000 --> 00:02,000\nHow many?\n2\n00:02,000 --> 00:03,000\n42\n3\n00:03,000 --> 00:04,000\nSo.\n"
    assert read(cues, "talk.srt").source == "How many? 42 So."
    assert read(re.sub(r"^\d\n", "", cues, flags=re.MULTILINE), "talk.srt").source == "How many? 42 So."


def test_drawings_of_a_script_are_not_spoken() -> None:
    path, _, text, _ = SAMPLES["ass"]
    drawn = r"{\an7\p1}m 0 0 l 9 9 b 1{\p0}Hello, "
    assert read(text.replace("Hello,", drawn), path).source == "Hello, you"


def test_sounds_are_kept_and_listed() -> None:
    speech = read(
        "WEBVTT\n\n00:01.000 --> 00:02.000\n♪ la la ♪\n\n00:02.000 --> 00:03.000\nWell (laughs) [inaudible 00:12]\n"
    )
    assert [speech.source[start:end] for start, end in speech.sounds] == ["♪ la la ♪", "(laughs)", "[inaudible 00:12]"]


def test_letters_filled_in_are_no_sound() -> None:
    assert not read("He said b[ecause] of [Ada Lovelace] it.").sounds


def test_cues_out_of_order_are_put_in_order_and_reported() -> None:
    speech = read("1\n00:00:05,000 --> 00:00:06,000\nsecond\n\n2\n00:00:01,000 --> 00:00:02,000\nfirst\n", "talk.srt")
    assert speech.source == "first second"
    assert [str(problem) for problem in speech.problems] == [
        "talk.srt:6: Some cues start before the one above them (1 of 2); they were sorted by time. "
        "If the file joins recordings, add the length of the earlier ones to the times of each. "
        "Otherwise, correct the times."
    ]


def test_words_below_broken_times_are_reported_where_they_stand() -> None:
    speech = read("WEBVTT\n\n00::01.000 --> 00:02.000\nHello.\n\n00:03.000 --> 00:04.000\nHello.\n", "talk.vtt")
    assert (said(speech), speech.lines) == ([(None, "Hello.", 3.0)], ((0, 6),))
    assert [str(problem) for problem in speech.problems] == [
        'talk.vtt:3: This is outside every caption and is left out: "00::01.000 --> 00:02.000 Hello.". '
        "Put a line with times directly above it, without an empty line between them."
    ]


def test_dialogue_of_a_script_may_be_indented() -> None:
    path, _, text, expected = SAMPLES["ass"]
    speech = read(f"{text}  Dialogue: 0,0:00:02.00,0:00:03.00,Default,Bob,0,0,0,,Hi\n", path)
    assert said(speech) == [*expected, ("Bob", "Hi", 2.0)]


def test_dialogue_of_a_script_that_has_no_times_is_counted_and_the_rest_is_read() -> None:
    path, _, text, expected = SAMPLES["ass"]
    speech = read(f"{text}Dialogue: 0,soon,0:00:03.00,Default,Bob,0,0,0,,Hi,\\Nyou\n", path)
    assert said(speech) == expected
    assert [str(problem) for problem in speech.problems] == [
        "talk.ass: 1 of 2 lines of dialogue could not be read. "
        "Save the script again with a subtitle editor, or as WebVTT."
    ]


def test_two_who_speak_in_one_caption_are_no_mistake_of_its_times() -> None:
    speech = read("1\n00:00:01,000 --> 00:00:02,000\n- Hello.\n- Hi.\n", "talk.srt")
    assert ([words for _, words, _ in said(speech)], speech.problems) == (["Hello.", "Hi."], ())


def test_what_a_tool_says_of_itself_is_in_nobodys_mouth() -> None:
    lines = ("Ada Lovelace started transcription", "Ada Lovelace   0:03\nHello.", "Bob Ray   0:07\nHi.")
    foot = ("Ada Lovelace stopped transcription", "Transcription ended after 00:10:12")
    assert [words for _, words, _ in said(read("\n\n".join([*lines, *foot])))] == ["Hello.", "Hi."]


@pytest.mark.parametrize(
    "fore",
    [
        "Loom 12\nMon, Mar 03, 2025 10:02AM • 42:10\nSUMMARY KEYWORDS\nlooms, cloth\nSPEAKERS\nAda Lovelace, Bob Ray\n",
        "Looms - Transcript\nAttendees\nAda, Bob\n\nTranscript\nThis editable transcript was computer generated.\n",
        "Looms-20250303-Meeting Recording\nMarch 3, 2025\n42m 10s\n\nAda Lovelace started transcription\n",
    ],
)
def test_what_a_tool_says_above_a_conversation_is_no_speech_and_reported(fore: str) -> None:
    speech = read(f"{fore}\nAda Lovelace  0:01\nI say\nI started transcription\n\nBob Ray  0:09\nHi.\n")
    assert [words for _, words, _ in said(speech)] == ["I say\nI started transcription", "Hi."]
    assert "; ".join(line for line in fore.split("\n") if line) in speech.problems[0].message


def test_doubled_cues_are_said_once_and_repetitions_stay() -> None:
    cue = "00:00:01,000 --> 00:00:02,000\nNo.\n\n"
    assert read(f"{cue}{cue}00:00:02,000 --> 00:00:03,000\nNo.\n").source == "No. No."


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<p>One.</p>", [(None, "One.")]),
        ("<div><p><span begin='1s'/><span begin='2s'>One.</span></p></div>", [(None, "One.")]),
        (
            "<body><p>One.</p><div><p>Two.</p><section><p>Three.</p></section></div></body>",
            [(None, "One. Two. Three.")],
        ),
        ("<body agent='Ada'><p>One.</p><div agent='Bob'><p>Two.</p></div></body>", [("Ada", "One."), ("Bob", "Two.")]),
    ],
)
def test_no_paragraph_of_ttml_is_lost_or_doubled(body: str, expected: list[tuple[str | None, str]]) -> None:
    assert [(label, words) for label, words, _ in said(read(f"<tt>{body}</tt>", "talk.ttml"))] == expected


def test_words_outside_of_every_caption_are_reported() -> None:
    speech = read(
        "1\n00:00:01,000 --> 00:00:02,000\nin\n\nout of it\n\n2\n00:00:03,000 --> 00:00:04,000\nin\n", "talk.srt"
    )
    assert [(problem.line, problem.warning) for problem in speech.problems] == [(5, False)]
    assert '"out of it"' in speech.problems[0].message


def test_a_long_silence_after_a_sentence_starts_a_paragraph() -> None:
    speech = read("00:00:01,000 --> 00:00:02,000\nOne.\n\n00:00:09,000 --> 00:00:10,000\nTwo.\n")
    assert (speech.source, speech.breaks, len(speech.utterances)) == ("One.\nTwo.", (5,), 1)


def test_a_list_of_chapters_is_no_speech() -> None:
    text = "Introduction 00:00\nThe engine 05:10\nThe end 31:00\n\nAda Lovelace 00:01\n\nHello.\n\nBob 00:09\n\nHi.\n"
    speech = read(text)
    assert [words for _, words, _ in said(speech)] == ["Hello.", "Hi."]
    assert "Introduction 00:00; The engine 05:10; The end 31:00" in speech.problems[0].message


def test_words_before_a_colon_are_not_always_a_name() -> None:
    text = "Ada: One.\n\nNote: two.\n\nhttps://example.org/x: three\n\nWhat I mean: four.\n\nBob: Five.\n\nAda: Six.\n"
    assert [label for label, _, _ in said(read(text))] == ["Ada", "Bob", "Ada"]


@pytest.mark.parametrize("glued", ["Ada:Three.", "Ada:… three.", "Ada:- three."])
def test_a_label_counts_without_a_space_behind_it_if_it_has_one_elsewhere(glued: str) -> None:
    text = f"Ada: One.\n\nBob: Two.\n\n{glued}\n\nBob: I use std::string and boost:regex.\n\nboost:regex it is.\n"
    assert [label for label, _, _ in said(read(text))] == ["Ada", "Bob", "Ada", "Bob"]
    cues = [f"00:0{at}.000 --> 00:0{at}.900\n{line}" for at, line in enumerate(text.split("\n\n"))]
    speech = read("WEBVTT\n\n" + "\n\n".join(cues), "talk.vtt")
    assert [label for label, _, _ in said(speech)] == ["Ada", "Bob", "Ada", "Bob"]


def test_a_time_in_brackets_may_stand_between_a_bold_name_and_its_colon() -> None:
    text = "**Ada Ray** [00:01]: One.\n\n**Bob Roe** [00:05]: Two.\n\n**Ada Ray** [00:09]: Three.\n"
    assert said(read(text, "talk.md")) == [("Ada Ray", "One.", 1), ("Bob Roe", "Two.", 5), ("Ada Ray", "Three.", 9)]


def test_a_time_right_behind_the_colon_of_a_name_is_a_time() -> None:
    speech = read("Ada Ray: 00:00:01\n\nOne.\n\nBob Roe:00:00:05\n\nTwo.\n\nAda Ray: 00:00:09\n\nThree.\n")
    assert said(speech) == [("Ada Ray", "One.", 1), ("Bob Roe", "Two.", 5), ("Ada Ray", "Three.", 9)]


@pytest.mark.parametrize("layout", ["Ada: {}", "**Ada:** {}", ">> {}", "[00:05] Ada: {}", "Ada  00:05\n{}"])
@pytest.mark.parametrize("words", [".", "…", "?!", "—"])
def test_a_turn_without_a_word_is_not_lost(layout: str, words: str) -> None:
    before, after = layout.replace("Ada", "Bob"), layout.replace("Ada", "Cleo")
    text = f"{before.format('One.')}\n\n{layout.format(words)}\n\n{after.format('Two.')}\n\n{layout.format('So.')}\n"
    speech = read(text, "talk.md")
    assert [spoken for _, spoken, _ in said(speech)] == ["One.", words, "Two.", "So."]
    assert not speech.problems


def test_a_name_that_is_not_bold_for_once_still_counts() -> None:
    speech = read(
        "**Ada Lovelace:** One.\n\nAda Lovelace: Two.\n\n**Bob:** Three.\n\nAda Lovelase: Four.\n\nBreak: \\[01:00\\]\n"
    )
    assert [label for label, _, _ in said(speech)] == ["Ada Lovelace", "Bob"]
    assert 'If it is, write "**Ada Lovelace:**"' in str(speech.problems[0])


@pytest.mark.parametrize(
    "head",
    [
        "**{name} ({time}):**",
        "**{name} [{time}]:**",
        "**[{time}] {name}:**",
        "**{time} - {name}**:",
        "**{name}** ({time}):",
        "[{time}] **{name}:**",
        "{time} **{name}**:",
        "**{name} (guest):** [{time}]\n",
    ],
)
def test_a_time_beside_a_bold_name_is_no_part_of_it(head: str) -> None:
    turns = [("Ada Lovelace", "00:01:05"), ("Bob Ray", "1:10"), ("Ada Lovelace", "01:20")]
    text = "".join(f"{head.format(name=name, time=time)} Words at {time}.\n\n" for name, time in turns)
    speech = read(text, "talk.md")
    labels = [(label or "").removesuffix(" (guest)") for label, _, _ in said(speech)]
    assert labels == ["Ada Lovelace", "Bob Ray", "Ada Lovelace"]
    assert [seconds for _, seconds in speech.moments] == [65, 70, 80]


def test_a_colon_within_or_behind_the_bold_type_is_the_same() -> None:
    speech = read("**Ada:** One.\n\n**Bob:** Two.\n\n**Ada**: Three.\n\n**Bob:** Four.\n")
    assert [label for label, _, _ in said(speech)] == ["Ada", "Bob", "Ada", "Bob"]


def test_a_role_that_is_named_once_makes_no_other_label() -> None:
    text = "Ada Lovelace (host): One.\nBob Ray (guest): Two.\nAda Lovelace: Three.\nBob Ray: Four.\n"
    labels = [label for label, _, _ in said(read(text))]
    assert labels == ["Ada Lovelace (host)", "Bob Ray (guest)", "Ada Lovelace", "Bob Ray"]


ODD = (
    "Bob's iPhone",
    "Bob 🍞",
    "Bob Ray | Looms Ltd",
    "Bob Ray [External]",
    "Bob Ray (via phone)",
    "Dr. Bob Ray (University of Looms)",
)
PLAIN = ("bob ray", "the weaver", "Bob Ray - Looms Ltd", "Bob, weaver")
LAYOUTS = {
    "talk.txt": "{name}: {words}\n\n",
    "times.txt": "[00:00:{at:02}] {name}: {words}\n",
    "names.txt": "{name}  0:{at:02}\n{words}\n\n",
    "talk.vtt": "\n00:00:{at:02}.000 --> 00:00:{at:02}.900\n{name}: {words}\n",
}


def spoken(layout: str, labels: Sequence[str]) -> Speech:
    rows = [LAYOUTS[layout].format(name=name, words=f"Words {at}.", at=at) for at, name in enumerate(labels)]
    return read("WEBVTT\n" * layout.endswith(".vtt") + "".join(rows), layout)


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("name", [*ODD, *PLAIN])
def test_a_name_of_any_form_that_recurs_is_one(name: str, layout: str) -> None:
    speech = spoken(layout, ["Ada Lovelace", name] * 3)
    assert [utterance.label for utterance in speech.utterances] == ["Ada Lovelace", name] * 3


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("name", ODD)
def test_an_odd_name_that_stands_once_is_one(name: str, layout: str) -> None:
    speech = spoken(layout, ["Ada Lovelace", "Ada Lovelace", name, "Ada Lovelace"])
    assert [utterance.label for utterance in speech.utterances] == ["Ada Lovelace", name, "Ada Lovelace"]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_name_in_small_letters_for_once_is_one(layout: str) -> None:
    labels = ["Ada Lovelace", "BOB RAY", "ada lovelace", "BOB RAY"]
    assert [utterance.label for utterance in spoken(layout, labels).utterances] == labels


@pytest.mark.parametrize("layout", [layout for layout in LAYOUTS if layout != "names.txt"])
@pytest.mark.parametrize("name", PLAIN)
def test_words_that_may_be_a_name_are_put_in_nobodys_mouth(name: str, layout: str) -> None:
    speech = spoken(layout, ["Ada Lovelace", "Ada Lovelace", name, "Ada Lovelace"])
    assert [utterance.label for utterance in speech.utterances] == ["Ada Lovelace", None, "Ada Lovelace"]
    assert [words for label, words, _ in said(speech) if not label] == [f"{name}: Words 2."]
    line = {"talk.txt": 5, "times.txt": 3, "talk.vtt": 9}[layout]
    assert [str(problem) for problem in speech.problems] == [
        f'{layout}:{line}: "{name}" may be a name or something that somebody says, so the speaker here is left open. '
        f'Say who it is in the sidecar: turns: [{{ada: "{name}: Words 2."}}].'
    ]


def test_a_colon_on_a_later_line_of_a_caption_is_no_name() -> None:
    cues = ["Ada: Hello.", "Bob: So here is the\nthing: feed it.", "Ada: Yes."]
    text = "\n\n".join(f"00:00:0{at}.000 --> 00:00:0{at}.900\n{cue}" for at, cue in enumerate(cues))
    assert [utterance.label for utterance in read(f"WEBVTT\n\n{text}\n", "talk.vtt").utterances] == [
        "Ada",
        "Bob",
        "Ada",
    ]


def test_a_sentence_that_ends_in_a_time_is_no_name() -> None:
    text = "Ada Lovelace  0:01\nHello.\n\nsee you at 10:30\nOr later.\n\nBob Ray  0:09\nYes.\n"
    assert [words for _, words, _ in said(read(text))] == ["Hello.\n\nsee you at 10:30\nOr later.", "Yes."]


def test_a_name_without_words_is_reported() -> None:
    speech = read("**Ada:** One.\n\n**Bob:**\n\n**Ada:** Two.\n", "talk.md")
    assert str(speech.problems[0]).startswith('talk.md:3: Nothing is said under "Bob"')


@pytest.mark.parametrize("format", ["prose", "captions"])
def test_a_format_that_is_stated_is_used(format: str) -> None:
    assert [
        utterance.label for utterance in readers.read(b"Ada: x\n\nBob: y\n\nAda: z\n", "a.txt", format).utterances
    ] == [None]
