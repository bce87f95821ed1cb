"""Messages to curators name the place, the fault and the cure, word for word."""

import ast
import json
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from string import ascii_lowercase

import pytest

import talkbook
from making import booked, page, sentences
from talkbook import readers
from talkbook.book import people
from talkbook.model import Topic
from talkbook.problems import ParseError, Problem, did_you_mean, excerpt
from talkbook.sources import lexicon, sidecar, topic_file
from talkbook.sources.sidecar import Sidecar

TALK = ">> Hello there, my dear friend.\n>> Hello to you, and welcome to the show.\n"
QUOTES = "Put quotes around text that contains a colon, a # or quotes, and indent with spaces."


def of_sidecar(text: str) -> list[str]:
    return said_of(lambda: sidecar.read(text, "talk.yml"))


def of_topic(text: str) -> list[str]:
    return said_of(lambda: topic_file.read(text, "evals.md", "evals"))


def said_of(read: Callable[[], Sidecar | Topic]) -> list[str]:
    """Return the problems of a file, whether or not any of it can be read."""
    try:
        return sentences(read())
    except ParseError as error:
        return sentences(error)


def refused(read: object) -> list[str]:
    with pytest.raises(ParseError) as caught:
        read()  # type: ignore[operator]
    return sentences(caught.value)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("titel: A", 'talk.yml:1: Unknown key "titel". Did you mean "title"?'),
        (
            "title: A\nxyzzy: B",
            'talk.yml:2: Unknown key "xyzzy". The keys are: title, date, show, episode, description, duration, url, '
            "media, language, format, encoding, tags, nobody, speakers, turns, takeaways, proposed_speakers, "
            "proposed_turns, sections, proposed_sections, proposed_corrections, corrections, private.",
        ),
        ("title: A\ntitle: B", 'talk.yml:2: The key "title" appears here a second time. Keep one of them.'),
        (
            "title: A: B",
            f"talk.yml:1: This is not valid YAML: mapping values are not allowed in this context. {QUOTES}",
        ),
        ("title: 'A", f"talk.yml:1: This is not valid YAML: found unexpected end of stream. {QUOTES}"),
        ("- a", 'talk.yml:1: "the file" is a list. Write a mapping of keys to values.'),
        ("tags: one", 'talk.yml:1: "tags" is text. Write a list.'),
        ("title: [a]", 'talk.yml:1: "title" is a list. Write text.'),
        ("\n\ndate: 3 May", 'talk.yml:3: "date" cannot be "3 May". Write a date such as 2025-12-31.'),
        ("date: 2025-02-30", 'talk.yml:1: There is no date "2025-02-30". Write a date such as 2025-12-31.'),
        (
            "url: example.org",
            'talk.yml:1: "url" cannot be "example.org". Write a full address, with https:// at the start.',
        ),
        ("format: webvt", 'talk.yml:1: "format" cannot be "webvt". Did you mean "webvtt"?'),
        (
            "encoding: hex",
            'talk.yml:1: "encoding" cannot be "hex". Write the name of an encoding, such as utf-8, latin-1 or cp1252.',
        ),
        (
            "speakers: {ann: {name: Ann}}\nturns: [{ann: a, bob: b}]",
            'talk.yml:2: "turns.0" has 2 keys, but needs one. '
            "Write one speaker and the first words of the turn, such as - ann: Good morning.",
        ),
        ('title: ""', 'talk.yml:1: "title" cannot be "". Write something, or leave the key out.'),
        ("speakers:\n  ann: {role: host}", 'talk.yml:2: The key "name" is missing in "speakers.ann". Add it.'),
        ("speakers:\n  ann: {name: Ann, roll: host}", 'talk.yml:2: Unknown key "roll". Did you mean "role"?'),
        (
            "speakers:\n  ann: {name: Ann}\nturns:\n  - ann: hi\n  - anne: ho",
            'talk.yml:5: There is no speaker "anne". Did you mean "ann"?',
        ),
        ("turns:\n  - bob: hi", 'talk.yml:2: There is no speaker "bob". Add the key under "speakers".'),
        (
            "sections:\n  - {at: x, title: y, kind: cold}",
            'talk.yml:2: "sections.0.kind" cannot be "cold". Did you mean "cold-open"?',
        ),
        ("corrections:\n  - {in: a, heard: b}", 'talk.yml:2: The key "means" is missing in "corrections.0". Add it.'),
        ("private:\n  - {from: a}", 'talk.yml:2: The key "to" is missing in "private.0". Add it.'),
    ],
)
def test_sidecar(text: str, said: str) -> None:
    assert of_sidecar(text) == [said]


def test_every_fault_of_a_file_is_said_at_once() -> None:
    assert of_sidecar("titel: A\ntags: b\nsections:\n  - {at: x}\n") == [
        'talk.yml:1: Unknown key "titel". Did you mean "title"?',
        'talk.yml:4: The key "title" is missing in "sections.0". Add it.',
        'talk.yml:2: "tags" is text. Write a list.',
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "# Evals",
            "evals.md:1: This topic has no front matter. "
            'Begin the file with a line "---", "title: …" and another line "---".',
        ),
        ("---\nkind: concept\n---\n", 'evals.md:2: The key "title" is missing. Add it.'),
        ("---\ntitle: A\nstatus: [draft]\n---\n", 'evals.md:3: "status" is a list. Write text.'),
        ("---\n---\nWords.\n", 'evals.md:2: The key "title" is missing. Add it.'),
        ("---\n# title: A\n---\n", 'evals.md:2: The key "title" is missing. Add it.'),
        ("---\ntitle: A\nalias: [b]\n---\n", 'evals.md:3: Unknown key "alias". Did you mean "aliases"?'),
        ("---\ntitle: A\nkind: persn\n---\n", 'evals.md:3: "kind" cannot be "persn". Did you mean "person"?'),
        (
            "---\ntitle: A\nkind: xyz\n---\n",
            'evals.md:3: "kind" cannot be "xyz". Choose from: concept, practice, technique, model, product, dataset, '
            "hardware, organisation, person, event.",
        ),
        (
            f"---\ntitle: A\nsummary: {'x' * 501}\n---\n",
            'evals.md:3: "summary" has 501 characters; at most 500 are allowed. Shorten it.',
        ),
        (
            "---\ntitle: A\nrelated:\n  - gopher\n  - Big Model\n---\n",
            'evals.md:5: "related.1" cannot be "Big Model". Write the topic\'s file name without .md.',
        ),
        (
            "---\ntitle: A\nreferences:\n  - {title: B, url: 'javascript:alert(1)'}\n---\n",
            'evals.md:4: "references.0.url" cannot be "javascript:alert(1)". '
            "Write a full address, with https:// at the start.",
        ),
        ("---\ntitle: A\nquotes:\n  pins: [b]\n---\n", 'evals.md:4: Unknown key "pins". Did you mean "pin"?'),
        (
            "---\ntitle: A\nstatus: final\n---\n",
            'evals.md:3: "status" cannot be "final". Choose from: proposed, stub, draft, reviewed.',
        ),
    ],
)
def test_topic(text: str, said: str) -> None:
    assert of_topic(text) == [said]


@pytest.mark.parametrize(
    ("front", "said"),
    [
        ("title: &a [*a]", ["evals.md:2: This list or mapping is used again with a *. Write it out in each place."]),
        (
            "title: A\nquotes: &q\n  pin: [*q]",
            ["evals.md:3: This list or mapping is used again with a *. Write it out in each place."],
        ),
        (
            "a: &a [x]\n"
            + "".join(f"k{at}: &{two} [{f'*{one},' * 9}]\n" for at, (one, two) in enumerate(pairwise(ascii_lowercase))),
            [
                f"evals.md:{line}: This list or mapping is used again with a *. Write it out in each place."
                for line in range(2, 27)
            ],
        ),
        ("title: A\n? [a, b]\n: c", ["evals.md:3: A list or a mapping is used as a key here. Write text."]),
    ],
)
def test_yaml_that_holds_itself_has_no_end_or_has_no_names(front: str, said: list[str]) -> None:
    assert of_topic(f"---\n{front}\n---\n") == said


@pytest.mark.parametrize("words", ["''", "' '", '"\\t\\n"'])
def test_words_are_more_than_white_space(words: str) -> None:
    hint = 'cannot be "". Write something, or leave the key out.'
    assert of_topic(f"---\ntitle: {words}\naliases: [a, {words}]\n---\n") == [
        f'evals.md:3: "aliases.1" {hint}',
        f'evals.md:2: "title" {hint}',
    ]
    assert of_sidecar(f"speakers:\n  ann: {{name: {words}}}\n") == [f'talk.yml:2: "speakers.ann.name" {hint}']
    assert refused(lambda: lexicon.read(f"abbreviations:\n  {words}: a\n  b: {words}\n", "lexicon.yml")) == [
        'lexicon.yml:1: "abbreviations" cannot be "". Write a short form, or remove the line.',
        f'lexicon.yml:3: "abbreviations.b" {hint}',
    ]
    assert refused(lambda: people.read(f"{words}: {{}}\n", "people.yml")) == [
        'people.yml:1: "the file" cannot be "". Write a name, or remove the line.'
    ]


def test_words_may_be_named_again() -> None:
    assert topic_file.read("---\ntitle: &a A\naliases: [*a]\n---\n", "evals.md", "evals").aliases == ("A",)


def test_lexicon_and_people() -> None:
    assert refused(lambda: lexicon.read("corrections:\n  - {heard: a}", "lexicon.yml")) == [
        'lexicon.yml:2: The key "means" is missing in "corrections.0". Add it.'
    ]
    assert refused(lambda: people.read("Ann:\n  descripton: a", "people.yml")) == [
        'people.yml:2: Unknown key "descripton". Did you mean "description"?'
    ]


SIDE = "content/transcripts/talk.yml"
TOPIC = "content/topics/evals.md"


@pytest.mark.parametrize(
    ("side", "said"),
    [
        (
            "speakers:\n  ann: {name: Ann}\nturns:\n  - ann: Hello my dear friend\n",
            f'{SIDE}:4: "Hello my dear friend" is not in content/transcripts/talk.txt. '
            'The nearest passage is "there, my dear friend." (content/transcripts/talk.txt:1).',
        ),
        (
            "speakers:\n  ann: {name: Ann}\nturns:\n  - ann: Hello\n",
            f'{SIDE}:4: "Hello" appears 2 times in content/transcripts/talk.txt (lines 1, 2). '
            "Add words until it appears there once.",
        ),
        (
            "sections:\n  - {at: Goodbye, title: The end}\n",
            f'{SIDE}:2: "Goodbye" is not in content/transcripts/talk.txt. '
            "Nothing there is similar; copy the words from the file.",
        ),
        (
            "corrections:\n  - {in: my dear friend, heard: deer, means: dear}\n",
            f'{SIDE}:2: "deer" appears nowhere in "my dear friend". Quote a passage that contains the word once.',
        ),
        (
            "corrections:\n  - {in: Hello to you, heard: o, means: a}\n  - {in: to the show, heard: the, means: a}\n",
            f'{SIDE}:2: "o" appears nowhere in "Hello to you". Quote a passage that contains the word once.',
        ),
    ],
)
def test_anchors_of_a_sidecar(side: str, said: str) -> None:
    assert sentences(booked({"talk": TALK}, sides={"talk": side})) == [said]


ANCHORS = (
    "turns:\n  - ann: Hello there\n  - {who}: Hello to you\n  - ann: Farewell\n"
    "sections:\n  - {{at: Good night, title: The end{more}}}\n"
    "corrections:\n  - {{in: my dear friend, heard: deer, means: dear}}\n"
)


def test_an_unknown_speaker_and_a_wrong_text_hide_no_wrong_anchor() -> None:
    side = "speakers:\n  ann: {name: Ann}\ndate: 2025-02-30\nurl: nowhere\n" + ANCHORS.format(
        who="anne", more=", kind: cold"
    )
    made = booked({"talk": TALK}, sides={"talk": side})
    assert [said.removeprefix(f"{SIDE}:").partition(".")[0] for said in sentences(made)] == [
        '3: There is no date "2025-02-30"',
        '4: "url" cannot be "nowhere"',
        '7: There is no speaker "anne"',
        '8: "Farewell" is not in content/transcripts/talk',
        '10: "Good night" is not in content/transcripts/talk',
        '10: "sections',
        '12: "deer" appears nowhere in "my dear friend"',
    ]
    (talk,) = made.transcripts
    assert [turn.speaker for turn in talk.turns] == ["ann", None]
    assert (talk.date, talk.url, talk.sections) == (None, "", ())


@pytest.mark.parametrize("doubt", ["titel: A talk", "private: [{from: nothing, to: of that}]", "tags: [[x]]"])
def test_a_doubt_about_what_is_private_hides_no_wrong_anchor_and_no_word_is_repeated(doubt: str) -> None:
    side = f"speakers:\n  ann: {{name: Ann}}\n{doubt}\n" + ANCHORS.format(who="anne", more="")
    made = booked({"talk": TALK}, sides={"talk": side})
    assert [each.slug for each in made.withheld] == ["talk"]
    assert {each.line for each in made.problems} == {3, 6, 7, 9, 11}
    anchors = [str(each) for each in made.problems if each.line >= 7]
    assert all('"…"' in each for each in anchors)
    assert not any(word in each for each in anchors for word in ("Farewell", "Good night", "friend", "welcome"))


@pytest.mark.parametrize("key", ["private", "Privat", "from", "why"])
def test_a_key_of_private_among_the_turns_withholds_the_transcript(key: str) -> None:
    made = booked({"talk": TALK}, sides={"talk": f"turns:\n  - {key}: Hello there\n"})
    assert [each.slug for each in made.withheld] == ["talk"]


@pytest.mark.parametrize(
    ("front", "published"),
    [
        ({"kind": "thing"}, True),
        ({"summary": "x" * 501}, True),
        ({"checked": "2025-02-30"}, True),
        ({"references": "[{title: A, url: nowhere}]"}, True),
        ({"alias": "[b]"}, False),
        ({"status": "finished"}, False),
        ({"kind": "[thing]"}, False),
    ],
)
def test_what_is_wrong_with_a_topic_hides_no_wrong_relation_and_no_wrong_pin(
    front: dict[str, str], published: bool
) -> None:
    broken = page("Evals", **front, related="[goper, gopher]", broader="[Big Model]", quotes="{pin: [no such words]}")
    made = booked({"talk": TALK}, {"evals": broken, "gopher": page("Gopher", related="[evals]")})
    assert [(each.path, each.line) for each in made.problems] == [(TOPIC, line) for line in (3, 4, 5, 6)]
    assert [each.slug for each in made.topics] == [*(["evals"] if published else []), "gopher"]


@pytest.mark.parametrize(
    ("front", "body", "said"),
    [
        (
            {"quotes": "{pin: [and welcome to a show]}"},
            "Words.",
            f'{TOPIC}:3: "and welcome to a show" is not in any turn of a transcript. '
            'The nearest passage is "and welcome to the show." (content/transcripts/talk.txt:2).',
        ),
        (
            {"quotes": "{hide: [Hello]}"},
            "Words.",
            f'{TOPIC}:3: "Hello" appears in 2 places: content/transcripts/talk.txt:1, content/transcripts/talk.txt:2. '
            "Add words until it appears in only one.",
        ),
        ({"related": "[goper]"}, "Words.", f'{TOPIC}:3: There is no topic "goper". Did you mean "gopher"?'),
        (
            {"broader": "[astronomy-x]"},
            "Words.",
            f'{TOPIC}:3: There is no topic "astronomy-x". Write that topic, or remove the name.',
        ),
        ({"related": "[evals]"}, "Words.", f"{TOPIC}:3: The topic names itself. Remove the name."),
        (
            {"broader": "[gopher]"},
            "Words.",
            f'{TOPIC}:3: "gopher" is broader than this topic, and this topic is broader than "gopher". '
            "Remove one of the two.",
        ),
    ],
)
def test_topics_of_a_book(front: dict[str, str], body: str, said: str) -> None:
    gopher = page("Gopher", broader="[evals]") if "broader" in front else page("Gopher")
    made = booked({"talk": TALK}, {"evals": page("Evals", body, **front), "gopher": gopher})
    assert said in sentences(made)
    assert len(sentences(made)) <= 2


def test_a_name_of_two_topics_is_a_warning() -> None:
    made = booked({}, {"evals": page("Evals", aliases="[Bench-marks, EVALS]"), "marks": page("bench marks")})
    assert sentences(made) == [
        'content/topics/marks.md: "bench marks" names content/topics/evals.md too, but a link can lead to only '
        "one of them. Remove it from one of them; under hidden_labels there, it still helps to find passages."
    ]
    assert all(problem.warning for problem in made.problems)
    assert not booked({}, {"evals": page("Evals"), "marks": page("Marks", hidden_labels="[evals]")}).problems


def test_nobody_is_called_unknown() -> None:
    assert of_sidecar("speakers:\n  unknown: {name: Mr Unknown}\nturns:\n  - unknown: Hello\n") == [
        'talk.yml:2: The key "unknown" means that nobody knows who is speaking. Give the speaker another key.'
    ]


def test_a_pin_in_a_cold_open_is_refused() -> None:
    side = "sections:\n  - {at: Hello there, title: Clips, kind: cold-open}\n  - {at: Hello to you, title: The talk}\n"
    made = booked({"talk": TALK}, {"evals": page("Evals", quotes="{pin: [my dear friend]}")}, {"talk": side})
    assert sentences(made) == [
        f'{TOPIC}:3: "my dear friend" is in a cold open, which only repeats what is said later. '
        "Pin the place where it is said."
    ]


def test_words_cannot_be_pinned_and_hidden() -> None:
    made = booked({"talk": TALK}, {"evals": page("Evals", quotes="{pin: [Hello to you], hide: [welcome to the show]}")})
    assert sentences(made) == [
        f'{TOPIC}:3: "welcome to the show" should be hidden, but is in a pinned passage. Remove one of the two.'
    ]


def test_a_pin_without_a_transcript() -> None:
    made = booked({}, {"evals": page("Evals", quotes="{pin: [my dear friend]}")})
    assert sentences(made) == [f'{TOPIC}:3: "my dear friend" is not in any turn of a transcript. Add a transcript.']


def test_the_nearest_passage_is_that_of_all_transcripts() -> None:
    wanted = page("Evals", quotes="{pin: [Hello to you and welcome to a show]}")
    made = booked(
        {"other": ">> Hell is told of, and who came is shown.\n>> Welcome.\n", "talk": TALK}, {"evals": wanted}
    )
    (said,) = sentences(made)
    assert said.endswith(
        'The nearest passage is "Hello to you, and welcome to the show." (content/transcripts/talk.txt:2).'
    )


def test_two_files_with_one_slug() -> None:
    made = booked({"talk.txt": TALK, "talk.srt": TALK})
    assert sentences(made) == [
        'content/transcripts/talk.srt: This file and content/transcripts/talk.txt would both be "talk" in addresses. '
        "Rename one of them, or give the folder of one a show.yml with an address, such as address: garden-{name}."
    ]


def test_a_stranger_in_people_yml_is_a_warning() -> None:
    side = "speakers:\n  ann: {name: Ann Wise}\nturns:\n  - ann: Hello there\n"
    made = booked(
        {"talk": TALK}, sides={"talk": side}, people="Ann Wize:\n  description: x\nZoë Q:\n  url: https://a.org\n"
    )
    assert sentences(made) == [
        'content/people.yml:1: "Ann Wize" doesn\'t speak in any transcript. Did you mean "Ann Wise"?',
        'content/people.yml:3: "Zoë Q" doesn\'t speak in any transcript. Remove the entry.',
    ]
    assert all(problem.warning for problem in made.problems)


@pytest.mark.parametrize(
    ("data", "start"),
    [
        (b">> Caf\xe9 and more\n", "content/transcripts/talk.txt:1: This is not UTF-8 text."),
        (b">> One\n>> Caf\xe9\n", "content/transcripts/talk.txt:2: This is not UTF-8 text."),
    ],
)
def test_the_wrong_encoding_names_the_line_and_the_cure(data: bytes, start: str) -> None:
    (said,) = sentences(booked({"talk": data}))
    assert said.startswith(start)
    assert "save it as UTF-8" in said.replace("Save", "save")


def test_the_encoding_of_files_that_have_no_sidecar_is_stated_nowhere() -> None:
    wrong = "title: Käthe, größer als Jürgen, fährt über die Brücke.\n"
    made = booked(
        {"talk": TALK},
        {"evals": page("Evals", wrong).encode("latin-1")},
        {"talk": wrong.encode("latin-1")},
        lexicon=wrong.encode("latin-1"),
        people="Ann: {}\n".encode("utf-16-le"),
    )
    assert [(each.path.rpartition("/")[2], each.hint.partition(": ")[2] or each.hint) for each in made.problems] == [
        ("lexicon.yml", "save it as UTF-8."),
        ("people.yml", "Save it as UTF-8."),
        ("evals.md", "save it as UTF-8."),
        ("talk.yml", "save it as UTF-8."),
    ]


def test_an_encoding_that_the_sidecar_names_is_used() -> None:
    made = booked({"talk": ">> Café\n".encode("latin-1")}, sides={"talk": "encoding: latin-1"})
    assert not made.problems
    assert "Café" in made.transcripts[0].source


def test_all_bad_files_are_said_at_once_and_the_good_ones_are_read() -> None:
    made = booked(
        {"bad": b"\xff\xfe\x00>> x", "good": TALK, "side": TALK},
        {"broken": "no front matter", "fine": page("Fine")},
        {"side": "titel: x"},
        lexicon="correction: []",
        people="- a",
    )
    assert {problem.path for problem in made.problems} == {
        "content/transcripts/bad.txt",
        "content/topics/broken.md",
        "content/transcripts/side.yml",
        "content/lexicon.yml",
        "content/people.yml",
    }
    assert [each.slug for each in made.transcripts] == ["good"]
    assert [each.slug for each in made.topics] == ["fine"]


def test_a_problem_is_one_line_for_a_terminal_and_an_editor() -> None:
    assert str(Problem("a.yml", 3, "It is wrong.", "Mend it.")) == "a.yml:3: It is wrong. Mend it."
    assert str(Problem("a.yml", 0, "It is wrong.")) == "a.yml: It is wrong."


@pytest.mark.parametrize(("word", "said"), [("titel", 'Did you mean "title"?'), ("zzz", "")])
def test_did_you_mean(word: str, said: str) -> None:
    assert did_you_mean(word, ["title", "date"]) == said


def test_an_excerpt_ends_at_a_word() -> None:
    assert excerpt("one two three", 9) == "one two…"
    assert excerpt("one\n two", 20) == "one two"


CODE = Path(talkbook.__file__).parent


def test_every_problem_is_said_with_a_cure() -> None:
    """Every Problem in the code has a non-empty hint."""
    without = []
    for path in sorted(CODE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Problem":
                hints = [*node.args[3:4], *(each.value for each in node.keywords if each.arg == "hint")]
                if not hints or (isinstance(hints[0], ast.Constant) and not hints[0].value):
                    without.append(f"{path.name}:{node.lineno}")
    assert without == []


@pytest.mark.parametrize("name", ["front_matter", "lexicon", "people", "show", "sidecar", "topic"])
def test_every_rule_of_a_file_has_a_cure(name: str) -> None:
    """Every rule that a key alone doesn't explain has a description, which serves as the hint."""
    told = {"pattern", "format", "minLength", "minProperties", "maxProperties"}
    waiting = [json.loads((CODE / f"schemas/{name}.schema.json").read_text("utf-8"))]
    while waiting:
        schema = waiting.pop()
        inside = [schema.get(key) for key in ("additionalProperties", "items", "propertyNames")]
        waiting += [each for each in [*inside, *schema.get("properties", {}).values()] if isinstance(each, dict)]
        assert told.isdisjoint(schema) or schema["description"]
        known = {"type", "enum", "maxLength", "maxItems", "required", "additionalProperties", *told}
        assert schema.keys() - known <= {"$schema", "title", "description", "properties", "items", "propertyNames"}


def test_a_sidecar_may_state_each_of_the_formats() -> None:
    schema = json.loads((CODE / "schemas/sidecar.schema.json").read_text("utf-8"))
    assert schema["properties"]["format"]["enum"] == [*readers.FORMATS]
