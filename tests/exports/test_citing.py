"""Quotes as they are pasted elsewhere: each format read back by something that knows it."""

import datetime
import json
import re
from collections.abc import Mapping
from html import unescape

import markdown
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

import markup as dom
from talkbook.book import citation
from talkbook.book.citation import Article, Quotation
from talkbook.text import escape

SAID = Quotation(
    id="q-1",
    paragraphs=("It's *very* [good] — <b>{really}</b> | 50 % of $5 & more.", "1. Not # a list_"),
    speaker="Ann O'Neil",
    title="Talk: [one] | {two}",
    address="https://book.example/quotes/q-1/",
    label="Ann on Evals",
    show="The Show",
    hosts=("Bea",),
    date=datetime.date(2024, 2, 29),
    embed="https://book.example/embed/q-1.html",
)
ANY = st.text(st.characters(exclude_categories=["C", "Zl", "Zp"]), min_size=1, max_size=40)
SIGNS = st.sampled_from([*"*_`[]()<>&#!|~$\\{}-+=:;'^.1 ah", "h1. ", "--", "//", "http://a", "''", "~~~~", "__"])
# One line, as all text is that is cited; the second kind is made to be misread.
LINES = (ANY | st.lists(SIGNS, max_size=12).map("".join)).map(lambda text: " ".join(text.split()))


@pytest.fixture(scope="module")
def texts() -> Mapping[str, str]:
    return {each.name: each.text for each in citation.quote(SAID)}


def test_every_format_that_is_promised_is_there(texts: Mapping[str, str]) -> None:
    wanted = ["text", "link", "markdown", "html", "mediawiki", "confluence", "slack", "bibtex", "csl-json"]
    assert [*texts] == [*wanted, "embed"]
    assert [
        each.name for each in citation.article(Article("evals", "Evals", "https://book.example/", "Book"))
    ] == wanted


def test_every_text_leads_to_the_quote(texts: Mapping[str, str]) -> None:
    assert all(SAID.address in text for name, text in texts.items() if name != "embed")


def test_plain_text_keeps_its_punctuation(texts: Mapping[str, str]) -> None:
    assert texts["text"] == (
        "“It's *very* [good] — <b>{really}</b> | 50 % of $5 & more.\n\n1. Not # a list_”\n"
        "— Ann O'Neil, Talk: [one] | {two} (The Show), https://book.example/quotes/q-1/"
    )


def test_rich_text_is_the_html_or_what_stands_beside_it(texts: Mapping[str, str]) -> None:
    rich = {each.name: each.rich for each in citation.quote(SAID)}
    assert dom.text(dom.body(rich.pop("link"))) == "Ann on Evals"
    assert {*rich.values()} == {""}


def test_a_field_holds_the_text_and_nothing_else() -> None:
    for each in citation.quote(SAID):
        (field,) = dom.body(f"<textarea {each.attributes}>\n{each.field}</textarea>")
        assert field.text == each.text
        assert field.get("data-format") == each.name
        assert (field.get("data-rich") or "") == each.rich


@pytest.mark.parametrize("name", ["html", "markdown"])
def test_what_is_rendered_is_what_was_said(texts: Mapping[str, str], name: str) -> None:
    html = texts[name] if name == "html" else MarkdownIt("commonmark").render(texts[name])
    page = dom.body(html)
    words = " ".join(dom.text(page).split())
    assert words == " ".join([*SAID.paragraphs, f"— {SAID.speaker}, {SAID.title}"])
    assert [*dom.links(page)] == [SAID.address]


def test_bibtex_is_balanced_and_keeps_the_title(texts: Mapping[str, str]) -> None:
    text = texts["bibtex"]
    bare = re.sub(r"\\[{}]", "", text)
    assert bare.count("{") == bare.count("}")
    assert text.startswith("@misc{q-1,\n  author = {Ann O'Neil},\n  title = {{Talk: [one] | \\{two\\}}},\n")
    assert "year = {2024}" in text


def test_csl_says_who_when_and_where(texts: Mapping[str, str]) -> None:
    (item,) = json.loads(texts["csl-json"])
    assert item["type"] == "interview"
    assert item["author"] == [{"literal": "Ann O'Neil"}]
    assert item["interviewer"] == [{"literal": "Bea"}]
    assert item["issued"] == {"date-parts": [[2024, 2, 29]]}


def test_confluence_and_mediawiki_wrap_the_words(texts: Mapping[str, str]) -> None:
    assert texts["confluence"].count("{quote}") == 2
    assert "\\[good\\]" in texts["confluence"]
    assert "[Talk: \\[one\\] \\| \\{two\\}|https://book.example/quotes/q-1/]" in texts["confluence"]
    assert "&#91;good&#93;" in texts["mediawiki"]
    assert "&#60;b&#62;" in texts["mediawiki"]
    assert texts["slack"].startswith("> It's *very* [good] — &lt;b&gt;")


@given(LINES)
def test_markdown_of_any_words_renders_as_the_words(words: str) -> None:
    for html in (
        MarkdownIt("gfm-like", {"linkify": False}).render(escape.markdown(words)),
        MarkdownIt("commonmark").render(f"> {escape.markdown(words)}"),
        markdown.markdown(escape.markdown(words)),
    ):
        page = dom.body(html)
        assert {str(each.tag) for each in page.iter()} <= {"div", "p", "blockquote"}
        assert " ".join(dom.text(page).split()) == words


@given(st.lists(LINES))
def test_markdown_of_several_lines_is_that_of_each(lines: list[str]) -> None:
    assert escape.markdown("\n".join(lines)) == "\n".join(map(escape.markdown, lines))


@given(LINES)
def test_html_of_any_words_is_the_words(words: str) -> None:
    assert unescape(escape.html(words)) == words
    (element,) = dom.body(f'<i title="{escape.attribute(words)}">x</i>')
    assert element.get("title") == words


@given(LINES)
@example("://")
def test_wikitext_of_any_words_has_no_sign_left_that_means_something(words: str) -> None:
    text = escape.mediawiki(words)
    bare = re.sub(r"&#\d+;", "x", text)
    assert unescape(text) == unescape(words) or "&" in words
    assert not set("<>[]{}|") & set(bare)
    assert not any(sign in bare for sign in ("''", "~~", "__", "://"))
    assert not bare.startswith(tuple("*#:;= "))


@given(LINES)
def test_confluence_of_any_words_has_no_bare_sign(words: str) -> None:
    text = re.sub(r"\\.|&#\d+;", "", escape.confluence(words))
    assert not set("{}[]|*_^~!\\") & set(text)


@given(LINES)
def test_slack_gets_the_words_back(words: str) -> None:
    assert unescape(escape.slack(words)) == words
    assert not {"<", ">"} & set(escape.slack(words))
