"""llms.txt, and the Markdown version of each page."""

import re
from collections.abc import Mapping
from posixpath import dirname, join, normpath

import markdown
import pytest

import markup as dom
from making import booked, page, pages_of, site
from talkbook.book.book import Book
from talkbook.exports import markdown as twins

LINK = re.compile(r"(?<!\\)\]\(([^)\s]+)\)")


def test_each_page_of_ours_has_one(made: Book, files: Mapping[str, str]) -> None:
    uris = {page.uri for page in pages_of(site(made))}
    assert {path for path in files if path.endswith(".md")} == {twins.path(uri) for uri in uris}


def test_every_link_within_leads_to_another(files: Mapping[str, str]) -> None:
    for path, text in files.items():
        if path.endswith(".md"):
            for address in LINK.findall(text):
                assert normpath(join(dirname(path), address)) in files, (path, address)


def test_llms_txt_names_every_page_by_its_whole_address(made: Book, files: Mapping[str, str]) -> None:
    text = files["llms.txt"]
    assert text.startswith("# The Book\n\n> About talks.\n")
    for topic in made.topics:
        assert f"(https://book.example/talks/topics/{topic.slug}.md)" in text
    for address in LINK.findall(text):
        assert address.removeprefix("https://book.example/talks/") in files


def test_no_html_tag_survives(files: Mapping[str, str]) -> None:
    for path, text in files.items():
        if path.endswith(".md"):
            page = dom.body(markdown.markdown(text))
            assert not {"script", "b"} & {str(each.tag) for each in page.iter()}, path
    assert "`a < b`" in files["topics/evals.md"]


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("[y](javascript:alert(1)) z", "[y](#) z"),
        ("[y]( JaVa&#115;cript&colon;a)", "[y]( #)"),
        ("[y](java\\script\\:a)", "[y](#)"),
        ("[y](<\tjavascript:a>)", "[y](&lt;\tjavascript:a>)"),
        ("[y]\n\n[y]: data:text/html,a 'b'", "[y]\n\n[y]: # 'b'"),
        ("> [x]\n>\n> [x]: javascript:a", "> [x]\n>\n> [x]: #"),
        ("- [x]\n\n- [x]: javascript:a", "- [x]\n\n- [x]: #"),
        ("[a\\]b]\n\n[a\\]b]: javascript:a", "[a\\]b]\n\n[a\\]b]: #"),
        ("> 1. [x\n> y]:\n> javascript:a", "> 1. [x\n> y]:\n> #"),
        ("A\n[<b>]: b", "A\n[&lt;b>]: b"),
        ("> [x](\n> javascript:a)", "> [x](\n> #)"),
        ("`[y](javascript:a)` as in [1]: a:b", "`[y](javascript:a)` as in [1]: a:b"),
        ("[y](https://a.example/b:c_(d)) [z](../a.md#b:c)", "[y](https://a.example/b:c_(d)) [z](../a.md#b:c)"),
    ],
)
def test_an_explanation_keeps_no_address_that_runs_scripts(written: str, shown: str) -> None:
    context = site(booked({}, {"evals": page("Evals", written)}))
    assert twins.markdown(context, "topics/evals") == f"# Evals\n\n{shown}\n"


@pytest.mark.parametrize(("said", "asked"), [("Why do evals matter?", True), ("Tell us what evals are.", False)])
def test_only_a_question_is_shown_as_one(said: str, *, asked: bool) -> None:
    talk = f"Ann: {said}\n\nBen: Evals are tests of models, and that is why we need them.\n\nAnn: Yes.\n\nBen: So.\n"
    context = site(booked({"talk": talk}, {"evals": page("Evals", quotes="{pin: [Evals are tests]}")}))
    made = twins.markdown(context, f"quotes/{context.book.quotes[0].id}")
    assert (f"Ann asks: {said}\n" in made) == asked
    assert (said in made) == asked


def test_quotes_stand_in_it_word_for_word_with_their_speaker(files: Mapping[str, str]) -> None:
    words = dom.text(dom.body(markdown.markdown(files["topics/evals.md"])))
    assert "we need *good* evals is that without them nobody knows what a model of \U0001f600 can do." in words
    assert '— Ben, Talk & "more"' in words
