"""Quotes as they are pasted elsewhere; each format is read back by a parser for it."""

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
from talkbook.book.cited import Article, Quotation
from talkbook.text import escape, person_names, rich_text

SAID = Quotation(
    id="q-1",
    paragraphs=("It's *very* [good] — <b>{really}</b> | 50 % of $5 & more.", "1. Not # a list_"),
    speaker=person_names.parse("Ann O'Neil"),
    title="Talk: [one] | {two}",
    address="https://book.example/quotes/q-1/",
    label="Ann on Evals",
    site="The *Book*",
    show="The Show & more",
    hosts=(person_names.parse("Bea Holm"),),
    date=datetime.date(2024, 2, 29),
    source="https://show.example/episodes/7",
    medium="audio",
    duration="1:02:03",
    time="34:10",
    embed="https://book.example/embed/q-1.html",
)
DAY = datetime.date(2026, 9, 5)
ANY = st.text(st.characters(exclude_categories=["C", "Zl", "Zp"]), min_size=1, max_size=40)
SIGNS = st.sampled_from([*"*_`[]()<>&#!|~$\\{}-+=:;'^.1 ah", "h1. ", "--", "//", "http://a", "''", "~~~~", "__"])
# All cited text is on one line. The second strategy generates text that markup could misread.
LINES = (ANY | st.lists(SIGNS, max_size=12).map("".join)).map(lambda text: " ".join(text.split()))


@pytest.fixture(scope="module")
def texts() -> Mapping[str, str]:
    return {each.name: each.text.with_day(DAY) for each in citation.quote(SAID)}


def test_every_format_that_is_promised_is_there(texts: Mapping[str, str]) -> None:
    wanted = ["text", "link", "apa", "mla", "chicago", "markdown", "html", "mediawiki", "bibtex", "ris", "csl-json"]
    assert [*texts] == [*wanted, "embed"]
    page = Article("evals", "Evals", "https://book.example/", "Book")
    assert [each.name for each in citation.article(page)] == wanted


def test_every_text_leads_to_the_quote_and_to_the_episode(texts: Mapping[str, str]) -> None:
    for name, text in texts.items():
        if name not in ("embed", "link"):
            assert {SAID.address, SAID.source} <= {*re.findall(r"https://[^\s\"<>)}|]*[\w/]", text)}, name


def test_the_day_stands_in_every_text_but_those_that_have_none(texts: Mapping[str, str]) -> None:
    written = ("2026-09-05", "2026/09/05", "5 September 2026", "September 5, 2026", "5 Sept. 2026", "[2026, 9, 5]")
    assert {name for name, text in texts.items() if any(day in text for day in written)} == {*texts} - {"link", "embed"}
    assert not [each.name for each in citation.quote(SAID) if re.search(r"%[a-z]{3}", each.text.text)]


def test_plain_text_keeps_its_punctuation(texts: Mapping[str, str]) -> None:
    assert texts["text"] == (
        "“It's *very* [good] — <b>{really}</b> | 50 % of $5 & more.\n\n1. Not # a list_”\n"
        "— Ann O'Neil, “Talk: [one] | {two}” (https://show.example/episodes/7), The Show & more, "
        "29 February 2024, 34:10. The *Book*, https://book.example/quotes/q-1/ (accessed 5 September 2026)"
    )


def test_rich_text_is_the_html_or_what_stands_beside_it() -> None:
    rich = {each.name: each.rich for each in citation.quote(SAID)}
    assert {name for name, html in rich.items() if html} == {"link", "apa", "mla", "chicago"}
    for each in citation.quote(SAID):
        if each.rich and each.name != "link":
            words = dom.text(dom.body(each.rich.with_day(DAY)))
            assert " ".join(words.split()) == " ".join(each.text.with_day(DAY).split())


def test_a_field_holds_the_text_the_rich_one_and_where_the_day_goes() -> None:
    for each in citation.quote(SAID):
        (field,) = dom.body(f"<textarea {each.attributes}>\n{each.field}</textarea>")
        assert field.text == each.text.text
        assert field.get("data-format") == each.name
        units = (field.text or "").encode("utf-16-le")
        for start, end, words in reversed(json.loads(field.get("data-day") or "[]")):
            units = units[: 2 * start] + rich_text.with_day(words, DAY).encode("utf-16-le") + units[2 * end :]
        assert units.decode("utf-16-le") == each.text.with_day(DAY)
        rich = re.sub("<!--day (.*?)-->", lambda match: rich_text.with_day(match[1], DAY), field.get("data-rich") or "")
        assert rich == (each.rich.with_day(DAY) if each.rich else "")


@pytest.mark.parametrize("name", ["html", "markdown"])
def test_what_is_rendered_is_what_was_said(texts: Mapping[str, str], name: str) -> None:
    html = texts[name] if name == "html" else MarkdownIt("commonmark").render(texts[name])
    page = dom.body(html)
    words = " ".join(dom.text(page).split())
    plain = texts["text"].replace(f" ({SAID.source})", "").replace("“It's", "It's").replace("list_”", "list_")
    assert words == " ".join(plain.split())
    assert [*dom.links(page)] == [SAID.source, SAID.address]


def test_mediawiki_wraps_the_words_and_fills_a_template(texts: Mapping[str, str]) -> None:
    assert texts["mediawiki"].endswith(
        "\n</blockquote><ref>{{cite podcast |last=O'Neil |first=Ann |others=Interviewed by Bea Holm "
        "|url=https://show.example/episodes/7 |title=Talk: &#91;one&#93; &#124; &#123;two&#125; "
        "|website=The Show &#38; more |date=2024-02-29 |time=34:10 |transcript=Transcript "
        "|transcript-url=https://book.example/quotes/q-1/ |access-date=2026-09-05}}</ref>"
    )
    assert "&#60;b&#62;" in texts["mediawiki"]


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
