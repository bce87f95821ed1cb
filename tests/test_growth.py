"""Time grows linearly with any input: doubling it doubles the steps instead of quadrupling them.

Nothing is timed. Function calls are counted while a transcript, sidecar, lexicon or topic is processed. A regular
expression is a single call however long it searches, so the steps of each are counted separately.
"""

import ast
import importlib
import pkgutil
import re
import string
from collections.abc import Callable, Iterator
from functools import partial
from itertools import product
from pathlib import Path

import pytest

import counting
import talkbook
from making import booked, page
from regex_steps import Steps
from talkbook.book import pipeline
from talkbook.drafting import speaker_names, speaker_phrases
from talkbook.pages.explanations import explanation_markdown
from talkbook.sources import sidecar_names, topic_file
from talkbook.sources.source import Source

TEXTS = (
    "word ", "so ", "w", "the the ", "I, I ", "uh, ", "what it is is ", "evals, ", "Evals. ", "A b. C d? ", "don't ",
    "Mr. ", "A.I. ", "é", "中", "文字。", "😀", "\u200b", "\u00a0", "\t", " ", "\n", "\n\n", ". ", ".", "…", "?", ", ",
    "- ", "--", "—", "-", "'", '"', "“", "’", "(", ")", "[", "]", "{", "}", "](", "<", ">", "<b>", "</b>", "&", "&#",
    "&amp;", "*", "**", "_", "`", "#", "|", "\\", "\\[", "$", "♪ ", "=", "1", "1 ", "1,000 ", ":", ": ", "a: ",
    "Ann: ", "\n\nAnn: x", "\n\n**Ann:** x", "\n>> x", ">> ", "\n[Ann] x", "[laughs] ", "(laughs) ", "00:", "0:01 ",
    "[00:01] ", "\n0:01\nx", "\nAnn 0:01\nx\n", "\n00:01.000 --> 00:02.000\nx\n", "--> ", "\n# x\n", "\n- x", "\n1. ",
    "\n> x", "http://a.b/", "a@b.c ", "[a](b) ", "<v Ada>", "<!-- ", "-->", "<!---->", "{{ x }}", "{% x %}", "\\N",
    "A", "Aa ", "[private] ", "private: [",
)  # fmt: skip
VTT = "WEBVTT\n\n00:01.000 --> 00:02.000\n"
ASS = (
    "[Script Info]\nScriptType: v4.00+\n\n[Events]\nFormat: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, "
    "Effect, Text\nDialogue: 0,0:00:01.00,0:00:02.00,D,,0,0,0,,"
)
TTML = '<tt xmlns="http://www.w3.org/ns/ttml"><body><div><p begin="0s" end="1s">'
FORMATS = {  # name -> what stands before what grows, and after it
    "prose.txt": ("", ""),
    "labels.txt": ("Ada: One.\n\nBob: ", ""),
    "bold.md": ("**Ada:** One.\n\n**Bob:** ", ""),
    "marks.txt": (">> One.\n>> ", ""),
    "pasted.txt": ("0:00\na\n0:01\n", ""),
    "names.txt": ("Ada Lovelace 0:01\nOne.\n\nBob Orr 0:02\n", ""),
    "captions.vtt": (VTT, ""),
    "captions.srt": ("1\n00:00:01,000 --> 00:00:02,000\n", ""),
    "captions.sbv": ("0:00:01.000,0:00:02.000\n", ""),
    "captions.ass": (ASS, ""),
    "captions.ttml": (TTML, "</p></div></body></tt>"),
    "whisper.json": ('{"segments": [{"start": 0, "end": 1, "text": "', '"}]}'),
    "page.html": ("<!DOCTYPE html><body><cite>Ada:</cite><time>0:01</time><p>", "</p></body>"),
}
COMMON = pipeline.ReadingContext(topics=(topic_file.read(page("Evals", aliases="[word, so]"), "evals.md", "evals"),))
WHOLE = frozenset(("count", "split", "splitlines", "lower", "casefold", "replace", "translate", "encode"))


def calls(work: Callable[[], object]) -> int:
    """Count the function calls of the work, with C functions that scan a text weighted by its length."""
    return counting.calls(work, _weight)


def _weight(function: object) -> int:
    text = getattr(function, "__self__", None)
    if isinstance(text, str) and getattr(function, "__name__", "") in WHOLE:
        return 1 + len(text) // 16
    return 1


def grows(steps: Callable[[int], int], size: int, rest: int) -> list[int]:
    """Return the steps for a size, twice and four times it, if they grow faster than the size; otherwise nothing.

    rest: a difference in steps to ignore.
    """
    one, two, four = steps(size), steps(2 * size), steps(4 * size)
    return [one, two, four] if four - two > 2.6 * (two - one) + rest else []


def repeated(piece: str, size: int) -> str:
    return piece * max(1, size // len(piece))


def transcript(name: str, piece: str, size: int) -> pipeline.TranscriptInput:
    before, after = FORMATS[name]
    inside = repeated(piece, size)
    if name.endswith(".json"):
        inside = inside.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    return pipeline.TranscriptInput(Source(f"transcripts/{name}", "talk", f"{before}{inside}{after} end.".encode()))


@pytest.mark.slow
@pytest.mark.parametrize("name", FORMATS)
def test_a_transcript_of_whatever_words(name: str) -> None:
    found = {}
    for piece in TEXTS:

        def steps(size: int, piece: str = piece) -> int:
            return calls(partial(pipeline.process, transcript(name, piece, size), COMMON))

        steps(100)
        if counted := grows(steps, 400, 1500):
            found[piece] = counted
    assert found == {}


CONTENT: dict[str, tuple[str, str, str]] = {  # name -> text before the repeated part, that part, and the text after it
    "turns": ("turns:\n", "  - unknown: two words of it\n", ""),
    "unknown speakers": ("turns:\n", "  - ida: two words of it\n", ""),
    "speakers": ("speakers:\n", "  s{at}: {name: Ida N{at}, labels: [I{at}]}\n", ""),
    "sections": ("sections:\n", "  - {at: two words, title: S{at}}\n", ""),
    "corrections": ("corrections:\n", "  - {in: two words of it, heard: two, means: to}\n", ""),
    "private": ("private:\n", "  - {from: two words, to: of it}\n", ""),
    "tags": ("tags:\n", "  - t{at}\n", ""),
    "takeaways": ("takeaways:\n", "  - two words … of it\n", ""),
    "unknown keys": ("", "k{at}: x\n", ""),
    "keys twice": ("", "title: x\n", ""),
    "unknown keys twice": ("", "Ada: hello\nBob: fine\n", ""),
    "wrong values": ("tags:\n", "  - [x]\n", ""),
    "one text": ("title: ", "word ", "\n"),
    "nested": ("tags: ", "[", ""),
    "aliases": ("a: &a x\ntags: [", "*a, ", "]"),
}
TALK = "".join(f">> These are the first two words of it number {at}.\n" for at in range(40))


@pytest.mark.parametrize("name", CONTENT)
def test_a_sidecar(name: str) -> None:
    before, line, after = CONTENT[name]

    def steps(number: int) -> int:
        text = before + "".join(line.replace("{at}", str(at)) for at in range(number)) + after
        talk = Source("transcripts/talk.txt", "talk", TALK.encode())
        work = pipeline.TranscriptInput(talk, Source("transcripts/talk.yml", "talk", text.encode()))
        return calls(partial(pipeline.process, work, COMMON))

    steps(1)
    assert grows(steps, 50, 1500) == []


@pytest.mark.parametrize("what", ["lexicon", "people", "topics", "aliases", "related", "pins"])
def test_what_a_curator_writes_of_a_whole_archive(what: str) -> None:
    def steps(number: int) -> int:
        lines = [f"w{at}" for at in range(number)]
        files: dict[str, str] = {}
        subjects = {"evals": page("Evals")}
        if what == "lexicon":
            files["lexicon"] = "corrections:\n" + "".join(f"  - {{heard: {each}, means: x}}\n" for each in lines)
        elif what == "people":
            files["people"] = "".join(f"Ida {each}: {{labels: [{each}]}}\n" for each in lines)
        elif what == "topics":
            subjects = {each: page(f"Subject {each}", f"About {each}.") for each in lines}
        else:
            key = {"aliases": "aliases", "related": "related", "pins": "quotes"}[what]
            listed = f"[{', '.join(lines)}]"
            subjects = {"evals": page("Evals", **{key: f"{{pin: {listed}}}" if what == "pins" else listed})}
        return calls(lambda: booked({"talk.txt": TALK}, subjects, **files))  # type: ignore[arg-type]

    steps(5)
    assert grows(steps, 160 if what == "pins" else 40, 4000) == []


@pytest.mark.slow
def test_an_explanation_of_whatever_words() -> None:
    found = {}
    for piece in (*TEXTS, "![", "[a](", "[a](<", "[a][", "[[]", "**a ", "`a", "|a"):

        def steps(size: int, piece: str = piece) -> int:
            return calls(partial(explanation_markdown.html, f"It is. {repeated(piece, size)}", (("pH", "x"),)))

        steps(20)
        if counted := grows(steps, 400, 3000):
            found[piece] = counted
    assert found == {}


def test_an_explanation_that_is_nested_too_deeply_is_shown_as_it_is_written() -> None:
    assert explanation_markdown.html("1. " * 500 + "<b>", ()) == f"<p>{'1. ' * 500}&lt;b&gt;</p>"


def test_names_of_whatever_number_of_people() -> None:
    names = [
        f"{one}{two}la" for one in string.ascii_uppercase for two in map("".join, product("aeiou", "bdfgklmnprst"))
    ]

    def steps(size: int) -> int:
        evidence = speaker_phrases.evidence([f"{name}, welcome." for name in names[:size]])
        return calls(lambda: speaker_names.by_person(evidence))

    assert grows(steps, 350, 3000) == []


ALLOWED = {  # uses of patterns that grow faster, but never on a text that may be long
    "exports.sphinx_inventory._LINE.fullmatch",  # on titles, whose words are separated by single spaces
    "pages.stylesheet._BREAK.sub",  # on the package's own style sheets
    "pages.stylesheet._GAP.sub",
    "plugin.material_internals._INDENT.sub",  # on the theme's templates
    "readers.dialogue.assemble._FORE.match",  # on the first 4,000 characters
}


def uses() -> Iterator[tuple[str, re.Pattern[str], str]]:
    """Yield (module, name and method, pattern, method) for each use of a regular expression in a module."""
    for module in pkgutil.walk_packages(talkbook.__path__, "talkbook."):
        if module.name.endswith("__main__"):
            continue
        found = vars(importlib.import_module(module.name))
        held = {name: each for name, each in found.items() if isinstance(each, re.Pattern)}
        methods = set()
        for node in ast.walk(ast.parse(Path(found["__file__"]).read_text("utf-8"))):
            for child in ast.iter_child_nodes(node):
                if isinstance(child, ast.Name) and child.id in held and isinstance(child.ctx, ast.Load):
                    methods.add((child.id, node.attr if isinstance(node, ast.Attribute) else "passed on"))
        for name, method in sorted(methods):
            if isinstance(held[name].pattern, str) and method != "pattern":
                yield f"{module.name.removeprefix('talkbook.')}.{name}.{method}", held[name], method


def search(pattern: re.Pattern[str], method: str, text: str) -> int:
    """Count the steps of a pattern's method on a text."""
    steps = Steps(pattern, text)
    return steps.match(whole=method == "fullmatch") if method in ("match", "fullmatch") else steps.search_all()


@pytest.mark.slow
def test_every_regular_expression_takes_steps_in_step_with_the_text() -> None:
    found = set()
    for name, pattern, method in uses():
        for piece in TEXTS:
            counts = [search(pattern, method, repeated(piece, size)) for size in (16, 32, 64)]
            grown = counts[2] > 3 * max(counts[:2]) + 64
            if (
                grown and search(pattern, method, repeated(piece, 128)) > 3 * counts[2] + 64
            ):  # no bound is reached later
                found.add(name)
                break
    assert found == ALLOWED


@pytest.mark.parametrize("before", ["private:", "[private", "x\nprivate ="])
@pytest.mark.parametrize("piece", [" ", "\t", "\n", " \n", "\n "])
def test_the_search_for_a_list_of_private_passages_takes_steps_in_step_with_the_text(before: str, piece: str) -> None:
    steps = [search(sidecar_names._PRIVATE, "finditer", before + piece * size) for size in (100, 200, 400)]
    assert steps[2] < 3 * steps[1]


@pytest.mark.parametrize("pattern", [r"\s+$", r"\[[^]]*\]", r"<!--.*?-->", r"(\w+)\s+\1"])
def test_a_search_that_grows_is_noticed(pattern: str) -> None:
    piece = {r"\s+$": " ", r"\[[^]]*\]": "[", r"<!--.*?-->": "<!--", r"(\w+)\s+\1": "w"}
    one, two, four = (Steps(re.compile(pattern), piece[pattern] * size + "!").search_all() for size in (8, 16, 32))
    assert four - two > 2.6 * (two - one)
