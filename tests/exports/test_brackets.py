"""A correction that changes the sense is in brackets wherever the words are copied or exported."""

import json

import markup as dom
from making import booked, exported, page, pages_of, site
from talkbook.book import citation
from talkbook.pages.quotes import citations

TALK = (
    ">> Do you trust evals at all?\n"
    ">> Evals are what we trust most, but only by actually creating held out emails and not really keeping them held "
    "out, and evals that everybody has seen say nothing about a model.\n"
)
SIDE = (
    "speakers:\n  ann: {name: Ann}\n  ben: {name: Ben}\nturns:\n  - ann: Do you\n  - ben: Evals are what\n"
    "corrections:\n"
    "  - {in: held out emails, heard: emails, means: evals}\n"
    "  - {in: not really keeping, heard: not really, means: really, sense: changed}\n"
)
WORDS = "creating held out evals and [really] keeping them held out"


def test_everywhere_and_nothing_else_is_in_brackets() -> None:
    context = site(
        booked({"talk": TALK}, {"evals": page("Evals", aliases="[eval]")}, {"talk": SIDE}), url="https://book.example/"
    )
    (quote,) = context.book.quotes
    files = exported(context)
    (listed,) = json.loads(files["quotes.json"])
    assert WORDS in listed["text"]
    assert "emails and not really keeping" in listed["exact"]
    for path in (f"embed/{quote.id}.html", f"quotes/{quote.id}.md", "topics/evals.md", "transcripts/talk.md"):
        assert WORDS in str(files[path]).replace("\\[", "[").replace("\\]", "]"), path
    assert WORDS in citation.quote(citations.quotation(context, quote))[0].text.text
    shown = next(each for each in pages_of(context) if each.uri == f"quotes/{quote.id}")
    card = dom.body(shown.html)
    for hidden in list(card.iter("del")):
        hidden.clear()
    assert WORDS in " ".join(dom.text(card).split())
