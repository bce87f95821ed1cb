"""Old addresses redirect: pages by small files, anchors by marks and notes that work without scripts."""

import re
from dataclasses import replace

import pytest

from making import booked, page, pages_of, site
from markup import body, ids, parse, text
from talkbook.exports import head, redirect_pages
from talkbook.pages import link_check
from talkbook.pages.context import RenderContext
from talkbook.pages.page import Addresses, Page
from talkbook.permalinks.old_addresses import OldAddresses
from talkbook.permalinks.resolve import Permalinks, record
from talkbook.sources import ledger
from talkbook.sources.ledger import WITHDRAWN

MOVED = OldAddresses(
    pages={
        "topics/old": "topics/new",
        "quotes/q-old": "transcripts/talk#q-old",
        "a/b/c": "topics/new",
        "gone": WITHDRAWN,
    }
)

SAID = """\
Ann: What do you make of looms, now that everybody wants to build one at home?
Ben: Um, looms are older than engines. The first looms wove plain cloth, and nobody thought of cards for a long time.
Ann: Is that so?
Ben: Engines came later, and they borrowed the cards from the looms, which is the part that I like most of all.
"""
CRAFT = page(
    "Handicraft", quotes='{pin: ["The first looms wove plain cloth, and nobody thought of cards for a long time."]}'
)


def files(directories: bool = True, home: str = "", moved: OldAddresses = MOVED) -> dict[str, str]:
    """What stands at old addresses in a site with a topic and a talk, by its path."""
    made = booked({"talk": SAID}, {"new": page("'New & <better>'")}, {"talk": "title: On <looms>\n"})
    context = site(made, addresses=Addresses(directories), url=home)
    vars(context)["old_addresses"] = moved
    return {file.path: file.data().decode() for file in redirect_pages.files(context)}


def test_each_old_page_has_a_file_where_its_address_is() -> None:
    assert [path for path in files() if not path.startswith("embed/")] == [
        "a/b/c/index.html",
        "gone/index.html",
        "quotes/q-old/index.html",
        "topics/old/index.html",
    ]
    assert list(files(directories=False)) == [
        "a/b/c.html",
        "gone.html",
        "quotes/q-old.html",
        "embed/q-old.html",
        "topics/old.html",
    ]


@pytest.mark.parametrize("directories", [True, False])
def test_a_frame_of_an_old_quote_shows_its_successor_or_says_where_it_is(directories: bool) -> None:
    addresses = Addresses(directories)
    moved = OldAddresses(
        pages={"quotes/q-a": "quotes/q-b", "quotes/q-c": "transcripts/talk#q-c", "quotes/q-d": WITHDRAWN}
    )
    shown = files(directories, moved=moved)
    assert '<meta http-equiv="refresh" content="0; url=q-b.html">' in shown["embed/q-a.html"]
    assert f'href="../{addresses.of("transcripts/talk", "q-c")}" target="_blank"' in shown["embed/q-c.html"]
    assert "On &lt;looms&gt;" in shown["embed/q-c.html"]
    assert "refresh" not in shown["embed/q-c.html"] + shown["embed/q-d.html"]
    assert "withdrawn" in shown["embed/q-d.html"]


@pytest.mark.parametrize(
    ("directories", "path", "address"),
    [
        (True, "topics/old/index.html", "../../topics/new/"),
        (True, "a/b/c/index.html", "../../../topics/new/"),
        (True, "quotes/q-old/index.html", "../../transcripts/talk/#q-old"),
        (False, "topics/old.html", "../topics/new.html"),
        (False, "a/b/c.html", "../../topics/new.html"),
    ],
)
def test_it_redirects_by_script_by_refresh_and_by_link(directories: bool, path: str, address: str) -> None:
    html = files(directories)[path]
    tree = parse(html)
    hash_of_its_own = "#" in address
    assert f'<script>location.replace("{address}"{"" if hash_of_its_own else "+location.hash"})</script>' in html
    assert f'<noscript><meta http-equiv="refresh" content="0; url={address}"></noscript>' in html
    link = tree.find("body/p/a")
    assert link is not None
    assert link.get("href") == address


def test_titles_stay_in_their_place() -> None:
    html = files()["topics/old/index.html"]
    assert "<title>Moved: New &amp; &lt;better&gt;</title>" in html
    assert "<better>" not in html


def test_the_canonical_address_is_absolute_if_the_site_address_is_known() -> None:
    assert (
        '<link rel="canonical" href="https://example.org/sub/topics/new/">'
        in files(home="https://example.org/sub/")["topics/old/index.html"]
    )
    assert '<link rel="canonical" href="../../topics/new/">' in files()["topics/old/index.html"]


def test_what_was_withdrawn_says_so_and_leads_home() -> None:
    html = files()["gone/index.html"]
    assert "<title>Withdrawn</title>" in html
    assert "refresh" not in html
    assert 'href="../"' in html


def changed(said: str, craft: str, accept: bool) -> tuple[RenderContext, dict[str, Page]]:
    """Build the site after an edit, and return it with its pages.

    accept: whether lost addresses redirect to Ben's first turn.
    """
    known = ledger.write(record(Permalinks(booked({"talk": SAID}, {"craft": CRAFT})), {}))
    book = replace(booked({"talk": said}, {"craft": craft}), ledger=ledger.read(known, "content/permalinks.txt"))
    if accept:
        links = Permalinks(book)
        turn = next(turn for turn in book.transcripts[0].turns if turn.speaker == "ben")
        accepted = {address: f"transcripts/talk#{turn.id}" for address in links.gone if links.target(address) is None}
        book = replace(book, ledger=ledger.read(ledger.write(record(links, accepted)), "content/permalinks.txt"))
    context = site(book)
    return context, {page.uri: page for page in pages_of(context)}


def marked(html: str, name: str) -> str:
    """Return what the pieces of an anchor's passage show."""
    pieces = [each for each in body(html).iter() if name in ((each.get("data-quotes") or each.get("id") or "").split())]
    return " ".join("".join(text(piece, "del") for piece in pieces).split())


def test_an_edited_turn_is_reached_and_lit_by_its_old_anchor() -> None:
    context, pages = changed(SAID.replace("older than", "much older than"), CRAFT, accept=True)
    transcript = pages["transcripts/talk"]
    old = [each.id for each in context.old_addresses.passages["talk"]]
    assert len(old) == 2
    for name in old:
        assert ids(body(transcript.html)).count(name) == 1
        assert marked(transcript.html, name).startswith("Looms are much older than engines.")
        pieces = f'data-quotes="{name}"' in transcript.html
        assert pieces == (f".no-js:has(#{name}:target) [data-quotes={name}]" in transcript.style)


def test_a_quote_no_longer_chosen_is_reached_from_everywhere() -> None:
    context, pages = changed(SAID, page("Handicraft"), accept=False)
    (name,) = (uri.removeprefix("quotes/") for uri in context.old_addresses.pages)
    assert marked(pages["transcripts/talk"].html, name).startswith("The first looms wove plain cloth")
    topic = pages["topics/craft"]
    assert (
        f'<p class="tb-moved" id="{name}">The quote that this link led to has moved: '
        f'<a href="../../transcripts/talk/#{name}">go to it</a>.</p>' in topic.html
    )
    assert ".tb-moved:not(:target){display:none}" in topic.style


def test_what_is_shown_of_an_old_address_elsewhere_is_what_the_words_are_now() -> None:
    context, _ = changed(SAID, page("Handicraft"), accept=False)
    context = replace(context, site=replace(context.site, url="https://book.example/"))
    (uri,) = context.old_addresses.pages
    shown = {file.path: file.data().decode() for file in redirect_pages.files(context)}
    words = "The first looms wove plain cloth, and nobody thought of cards for a long time"
    assert f'content="“{words}”"' in shown[f"{uri}/index.html"].partition("</head>")[0]
    frame = shown[f"embed/{uri.removeprefix('quotes/')}.html"]
    assert words in text(parse(frame))
    assert "Ben" in text(parse(frame))
    assert "refresh" not in frame


def test_an_old_page_has_the_tags_of_the_one_that_it_leads_to() -> None:
    old = files(home="https://example.org/")["topics/old/index.html"].partition("</head>")[0]
    assert '<meta property="og:title" content="New &amp; &lt;better&gt;">' in old
    assert "text/markdown" not in old
    tags = '<meta property="og:title" content="New">'
    assert head.preview(f'<link rel="alternate " type="text/markdown" href="x.md">\n{tags}\n<script></script>') == tags


def test_marks_of_old_anchors_look_like_nothing_and_cut_no_edit() -> None:
    _, plain = changed(SAID, CRAFT, accept=False)
    context, pages = changed(SAID.replace("Um, looms are", "Um, looms were"), CRAFT, accept=True)
    assert context.old_addresses.passages
    shown, before = (" ".join(text(body(each["transcripts/talk"].html), "del").split()) for each in (pages, plain))
    assert shown == before.replace("are older", "were older")
    names = "|".join(each.id for each in context.old_addresses.passages["talk"])
    assert re.findall(rf'<span id="(?:{names})">', pages["transcripts/talk"].html)


def test_no_link_and_no_anchor_is_broken_by_it() -> None:
    for accept, said in ((True, SAID.replace("Engines", "Machines")), (False, SAID)):
        context, pages = changed(said, page("Handicraft"), accept=accept)
        assert list(link_check.links(pages.values(), context.site.addresses, {})) == []
