"""Topics link to related topics, with reasons; first mentions become links, and no link is broken."""

import itertools
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

import markup
from making import booked, page, pages_of, sentences, site, topic
from talkbook.book import relations
from talkbook.matching.topic_names import Terms
from talkbook.model import Quote
from talkbook.pages import link_check
from talkbook.pages.explanations import explanations
from talkbook.pages.page import Addresses, Page

TOPICS = [
    topic("evals", "Evals", aliases=("eval",), broader=("research",), related=("gopher",)),
    topic("gopher", "Gopher"),
    topic("research", "Research"),
    topic("scaling", "Scaling laws", hidden_labels=("scale",)),
    topic("tpus", "TPUs"),
]
KNOWN = {each.slug: each for each in TOPICS}


def quote(start: int, end: int, *topics: str, turn: str = "t-1") -> Quote:
    return Quote(f"q-{start}-{end}", "talk", turn, None, start, end, topics)


def reasons(slug: str, common: Counter[tuple[str, str]]) -> dict[str, str]:
    return {each.topic: each.reason for each in relations.relations(TOPICS, common)[slug]}


def test_relations_say_why() -> None:
    common = Counter({("evals", "gopher"): 1, ("evals", "scaling"): 3, ("evals", "tpus"): 1})
    assert reasons("evals", common) == {
        "research": "the broader topic",
        "gopher": "one passage in common",
        "scaling": "three passages in common",
    }
    assert reasons("research", common) == {"evals": "a narrower topic"}
    assert reasons("gopher", Counter()) == {"evals": "named by the editors"}


def test_what_the_editors_named_comes_first() -> None:
    assert list(reasons("evals", Counter({("evals", "scaling"): 9}))) == ["research", "gopher", "scaling"]


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (1, "one passage in common"),
        (2, "two passages in common"),
        (12, "twelve passages in common"),
        (13, "13 passages in common"),
    ],
)
def test_passages_are_counted_in_words(number: int, words: str) -> None:
    assert relations.passages(number) == words


def test_passages_that_cover_half_of_each_other_are_in_common() -> None:
    assert relations.shared([quote(0, 100, "a", "b")]) == {("a", "b"): 1}
    assert relations.shared([quote(0, 100, "a"), quote(50, 120, "b")]) == {("a", "b"): 1}
    assert relations.shared([quote(0, 100, "a"), quote(80, 200, "b")]) == {}
    assert relations.shared([quote(0, 100, "a"), quote(0, 100, "b", turn="t-2")]) == {}


@given(st.text(alphabet="eval gopherscinw.", max_size=80), st.sets(st.sampled_from(["evals", "gopher"])))
def test_first_mentions_are_one_for_each_topic_apart_and_new(text: str, before: set[str]) -> None:
    seen = set(before)
    hits = relations.first(Terms(TOPICS).find(text), seen)
    named = [hit.topic for hit in hits]
    assert len(set(named)) == len(named)
    assert not before.intersection(named)
    assert seen == before | set(named)
    assert all(one.end <= other.start for one, other in itertools.pairwise(hits))


def rendered(body: str, abbreviations: dict[str, str] | None = None) -> explanations.Explanation:
    subject = topic("evals", "Evals", body, body_line=7)
    return explanations.render(subject, Terms(TOPICS), KNOWN, address, abbreviations or {})


def address(uri: str, anchor: str) -> str:
    return f"../{uri.removeprefix('topics/')}/" + (f"#{anchor}" if anchor else "")


def found(html: str) -> list[tuple[str, str]]:
    return [(link.get("href") or "", markup.text(link)) for link in markup.body(html).iter("a")]


@pytest.mark.parametrize(
    ("body", "links"),
    [
        ("Gopher and Gopher.", [("../gopher/", "Gopher")]),
        ("Evals and evals.", []),  # not to the page itself
        ("## Gopher\n\nGopher.", [("../gopher/", "Gopher")]),  # not in a heading
        ("[about Gopher](https://example.org/)", [("https://example.org/", "about Gopher")]),  # not in a link
        ("`Gopher` and\n\n    Gopher\n", []),  # not in code
        ("**Gopher** | *TPUs*", [("../gopher/", "Gopher"), ("../tpus/", "TPUs")]),
        ("The [big model](gopher.md) is Gopher.", [("../gopher/", "big model")]),
        ("| a |\n|---|\n| Gopher |\n", [("../gopher/", "Gopher")]),
        ("To scale.", []),  # a hidden label is not a name
        ("Caf&eacute; Gopher &lt;b&gt;", [("../gopher/", "Gopher")]),
    ],
)
def test_first_mentions_in_an_explanation_are_links(body: str, links: list[tuple[str, str]]) -> None:
    assert found(rendered(body).html) == links


def test_a_link_remembers_its_sentence() -> None:
    made = rendered("One thing. It came after **Gopher**, they say. Then [big chips](tpus.md) came.")
    assert made.linked == (("gopher", "It came after Gopher, they say."), ("tpus", "Then big chips came."))


def test_a_dead_link_in_an_explanation_names_its_line() -> None:
    made = rendered("One.\n\nSee [it](goper.md) and [that](xyzzy.md).")
    assert [str(problem) for problem in made.problems] == [
        'content/topics/evals.md:9: There is no topic "goper" to link to. Did you mean "gopher"?',
        'content/topics/evals.md:9: There is no topic "xyzzy" to link to. Write that topic, or remove the link.',
    ]


def test_abbreviations_are_explained() -> None:
    html = rendered("A TPU is a chip.", {"TPU": "tensor processing unit"}).html
    (short,) = markup.body(html).iter("abbr")
    assert short.get("title") == "tensor processing unit"


HOSTILE = (
    "<script>x()</script>", "<img src=x onerror=x()>", "[a](javascript:x())", "[a](JaVaScRiPt:x())",
    "[a](data:text/html,x)",
    "![a](https://example.org/a.png)", "<a href='javascript:x()'>a</a>", "[a](https://example.org/ \"x\" onclick=x)",
    "<iframe src=//example.org>", "{{7*191}}", "[a]: javascript:x()\n\n[a]", "*[HTML]: <b>x</b>\n\nHTML",
    "<style>*{}</style>",
    "[a](vbscript:x)", "<svg onload=x()>", "`<b>`", "<!-- x -->", "&lt;script&gt;", "[a](\x01javascript:x())",
    "<http://a.b/\">",
    "<javascript:x()>", "[a](//example.org/\"onmouseover=\"x)",
    "```html\n<script>\n```", "<math><mi xlink:href=javascript:x>",
)  # fmt: skip


@given(st.lists(st.sampled_from(HOSTILE), min_size=1, max_size=5).map("\n\n".join))
def test_nothing_in_an_explanation_escapes_its_place(body: str) -> None:
    element = markup.body(rendered(f"Gopher.\n\n{body}\n\nThe end").html)
    allowed = {
        *"div p br hr strong em code pre ul ol li blockquote h2 h3 h4 table thead tbody tr th td a abbr sup sub".split()
    }
    assert {each.tag for each in element.iter()} <= allowed
    attributes = {name for each in element.iter() for name in each.keys()}  # noqa: SIM118
    assert attributes <= {"href", "title", "start", "data-preview", "id"}
    assert all(name.startswith("about-") for name in markup.ids(element))
    for address in markup.links(element):
        assert address.startswith(("https://", "http://", "../", "//")), address
    assert "The end" in markup.text(element)
    assert "1337" not in markup.text(element)


TALK = (
    ">> What about evals?\n>> Evals are hard and important, because tests of Gopher leak, and that is why we hold "
    "them out.\n"
)
FILES = {
    "evals": page("Evals", "They test Gopher. See [tests](gopher.md).", related="[gopher]"),
    "gopher": page("Gopher", "A model. Evals test it."),
}


@pytest.mark.parametrize("directories", [True, False])
def test_every_page_of_a_book_links_to_what_is_there(directories: bool) -> None:
    context = site(booked({"talk": TALK}, FILES), addresses=Addresses(directories))
    pages = pages_of(context)
    assert list(link_check.links(pages, context.site.addresses, {"how-this-was-made/": set()})) == []


def test_a_topic_page_lists_what_leads_to_it_with_the_sentence() -> None:
    context = site(booked({"talk": TALK}, FILES))
    gopher = next(each for each in pages_of(context) if each.uri == "topics/gopher")
    assert "See tests." in markup.text(markup.body(gopher.html))


@pytest.mark.parametrize(
    ("html", "said"),
    [
        ('<a href="../gopher/">a</a>', []),
        ('<a href="#here">a</a><p id="here">', []),
        (
            '<a href="../goper/">a</a>',
            ['A link leads to "topics/goper/", but there is no such page. Did you mean "topics/gopher/"?'],
        ),
        (
            '<a href="../gopher/#quotez">a</a>',
            ['A link leads to "topics/gopher/#quotez", which does not exist. Did you mean "quotes"?'],
        ),
        (
            '<a href="#nowhere">a</a>',
            ['A link leads to "topics/evals/#nowhere", which does not exist. Link to the page, or remove the link.'],
        ),
        ('<a href="https://example.org/#x">a</a><a href="mailto:a@b.c">b</a>', []),
        ('<p id="one"><p id="one">', ['The id "one" appears twice on topics/evals/. Rename one of the two.']),
        (
            '<svg><a xlink:href="../../quotes/">a</a></svg>',
            ['A link leads to "quotes/", but there is no such page. Did you mean "quotes.json"?'],
        ),
        ("<textarea>&lt;a href='nowhere/'&gt; &lt;p id='one'&gt;</textarea><p id='one'>", []),
        ('<textarea><a href="nowhere/"><p id="one"></textarea><p id="one">', []),  # the content of a textarea is text
        (
            "<a href=../goper/>a</a>",
            ['A link leads to "topics/goper/", but there is no such page. Did you mean "topics/gopher/"?'],
        ),
        ('<a href="../../a&amp;b/">a</a>', ['A link leads to "a&b/", but there is no such page. Remove the link.']),
        ('<a href="">a</a><a href="../../">b</a><a href="../../quotes.json">c</a>', []),
    ],
)
def test_dead_links_are_problems(html: str, said: list[str]) -> None:
    pages = [
        Page("topics/evals", "Evals", html, source="content/topics/evals.md"),
        Page("topics/gopher", "Gopher", '<p id="quotes">'),
        Page("index", "Home", ""),
    ]
    problems = link_check.links(pages, Addresses(), {"quotes.json": set()})
    assert [f"{each.message} {each.hint}".strip() for each in problems] == said


@given(
    st.sampled_from(["index", "topics/index", "topics/evals", "topics/llama-index", "quotes/q-1"]),
    st.sampled_from(["index", "topics/evals", "people/ann"]),
)
def test_addresses_lead_from_page_to_page(here: str, there: str) -> None:
    for directories in (True, False):
        addresses = Addresses(directories)
        pages = [Page(here, "", f'<a href="{addresses.link(here, there)}">a</a>')]
        assert list(link_check.links(pages, addresses, {addresses.of(there): set()})) == []


def test_the_sentences_of_a_book_are_those_of_its_parts() -> None:
    made = booked({"talk": TALK}, {"evals": page("Evals", related="[goper]"), "gopher": page("Gopher")})
    assert sentences(made) == ['content/topics/evals.md:3: There is no topic "goper". Did you mean "gopher"?']


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        ("# Head\n\nText.", ["h2 Head", "p Text."]),
        ("##### Deep\n\n###### Deeper", ["h4 Deep", "h4 Deeper"]),
        ("```python\nx = 1  # Gopher\n\ny = '<b>'\n```\n\nText.", ["pre x = 1  # Gopher\n\ny = '<b>'", "p Text."]),
        ("![A gopher](https://example.org/a.png)", ["p A gopher"]),
        ("[![A gopher](a.png)](https://example.org/)", ["p A gopher"]),
        ("![](https://example.org/a.png)", ["p https://example.org/a.png"]),
    ],
)
def test_nothing_of_an_explanation_is_lost(body: str, shown: list[str]) -> None:
    blocks = list(markup.body(rendered(body).html))
    assert [f"{each.tag} {''.join(each.itertext()).strip()}" for each in blocks] == shown


def test_headings_of_an_explanation_are_in_the_contents_list_and_found() -> None:
    table = "| a | b |\n|---|---|\n| c | d |"
    body = f"Before\nall.\n\n# How *it* works & why\n\n- One\n- Two\n\n## Gopher\n\n### Deeper\n\n{table}"
    context = site(booked({"talk": TALK}, {**FILES, "evals": page("Evals", body)}))
    made = next(each for each in pages_of(context) if each.uri == "topics/evals")
    assert [each.title for each in made.contents][:2] == ["How it works & why", "Gopher"]
    assert {each.id for each in made.contents} <= {*markup.ids(markup.body(made.html))}
    found = [
        (each.anchor, each.title, each.text)
        for each in made.entries
        if each.kind == "section" and each.anchor != "references"
    ]
    assert found == [
        ("explanation", "About Evals", "Before all."),
        ("about-how-it-works-why", "How it works & why", "One\nTwo"),
        ("about-gopher", "Gopher", "Deeper\na b\nc d"),
    ]


@given(st.text(alphabet="ab #*`\n|-<>[]().&_1", max_size=120))
def test_every_word_of_an_explanation_can_be_found(body: str) -> None:
    made = rendered(body)
    told = " ".join(f"{each.title} {each.text}" for each in made.chapters)
    assert "".join(told.split()) == "".join(markup.text(markup.body(made.html)).split())
    anchors = [each.anchor for each in made.chapters if each.title]
    assert len({*anchors}) == len(anchors)
    assert {*anchors} <= {*markup.ids(markup.body(made.html))}


def test_a_picture_is_a_link_to_it_so_that_no_other_host_is_asked() -> None:
    html = rendered("![A gopher](https://example.org/a.png)").html
    assert found(html) == [("https://example.org/a.png", "A gopher")]
    assert not list(markup.requests(markup.body(html)))


@pytest.mark.parametrize(
    ("target", "leads"),
    [
        ("gopher.md#quotes", "../gopher/#quotes"),
        ("./gopher.md", "../gopher/"),
        ("../topics/gopher.md", "../gopher/"),
        ("../gopher.md", "../gopher/"),  # from a topic in a subfolder
        ("Gopher.md", "../gopher/"),
        ("index.md", "../index/"),
        ("../transcripts/The%20talk.md#t-abc", "../transcripts/the-talk/#t-abc"),
        ("../people/index.md", "../people/index/"),
        ("../people/ada.md", "../people/ada/"),
        ("https://example.org/gopher.md", "https://example.org/gopher.md"),
        ("/people/ada.md", "/people/ada.md"),
        ("../made.md", "../made.md"),
    ],
)
def test_links_by_the_names_of_files_lead_to_pages(target: str, leads: str) -> None:
    made = rendered(f"See [it](<{target}>).")
    assert found(made.html) == [(leads, "it")]
    assert not made.problems


@pytest.mark.parametrize(
    ("short", "meaning"), [("A\\B", "x"), ("TPU", "a chip\n\n# Not a title\n\nand no text"), ("A]", "b"), ("*", "c")]
)
def test_abbreviations_add_nothing_to_an_explanation_that_does_not_hold_them(short: str, meaning: str) -> None:
    assert rendered("Words.", {short: meaning}).html == "<p>Words.</p>"
