"""Published addresses are kept, or reported as lost; none is redirected unless somebody confirmed it."""

from collections.abc import Mapping
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from making import booked, page
from talkbook.book.book import Book
from talkbook.permalinks import ledger_check, old_addresses, suggestions
from talkbook.permalinks.resolve import Permalinks, record
from talkbook.problems import ParseError
from talkbook.sources import ledger
from talkbook.sources.ledger import WITHDRAWN, Ledger, LedgerEntry

PATH = "content/permalinks.txt"
SAID = """\
Ann: What do you make of looms, now that everybody wants to build one at home?
Ben: Looms are older than engines. The first looms wove plain cloth, and nobody thought of cards for a long time.
Ann: Yes.
Ben: Engines came later, and they borrowed the cards from the looms, which is the part that I like most of all.
"""
SIDE = "title: On looms\nspeakers:\n  a: {name: Ann, labels: [Ann]}\n  b: {name: Ben, labels: [Ben]}\n"
CRAFT = page(
    "Handicraft", quotes='{pin: ["The first looms wove plain cloth, and nobody thought of cards for a long time."]}'
)

WORD = st.from_regex(r"[a-z]{1,8}", fullmatch=True)
LINE = st.builds(
    LedgerEntry,
    address=st.from_regex(r"[a-z]{1,5}/[a-z0-9-]{1,9}(#[a-z0-9-]{1,9})?", fullmatch=True),
    speaker=st.none() | WORD,
    transcript=st.just("") | WORD,
    topics=st.lists(WORD, max_size=3).map(tuple),
    words=st.lists(WORD | st.sampled_from(["…", "/", "->", "=", "by", ":"]), max_size=9)
    .map(" ".join)
    .filter(lambda words: words != "="),
) | st.builds(LedgerEntry, address=st.from_regex(r"[a-z]{1,5}/[a-z0-9-]{1,9}", fullmatch=True), successor=WORD)


def made(said: str = SAID, side: str = SIDE, topics: Mapping[str, str] | None = None, slug: str = "talk") -> Book:
    return booked({slug: said}, {"craft": CRAFT} if topics is None else topics, {slug: side})


def known(book: Book, text: str) -> Permalinks:
    return Permalinks(replace(book, ledger=ledger.read(text, PATH)))


def published(book: Book, accepted: Mapping[str, str] | None = None) -> str:
    return ledger.write(record(Permalinks(book), accepted or {}))


def sentences(links: Permalinks) -> list[str]:
    return [str(problem) for problem in ledger_check.problems(links)]


@given(st.lists(LINE, max_size=6, unique_by=lambda line: line.address))
def test_what_is_written_is_read(lines: list[LedgerEntry]) -> None:
    assert sorted(ledger.read(ledger.write(lines), PATH).lines.values(), key=str) == sorted(lines, key=str)


@given(st.lists(LINE, max_size=6, unique_by=lambda line: line.address), st.randoms(use_true_random=False))
def test_order_and_repetition_do_not_matter(lines: list[LedgerEntry], random: object) -> None:
    text = ledger.write(lines)
    rows = text.splitlines() * 2
    random.shuffle(rows)  # type: ignore[attr-defined]
    assert ledger.write(ledger.read("\n".join(rows), PATH).lines.values()) == text


def test_a_line_with_a_successor_wins_in_a_merge() -> None:
    lines = ledger.read("topics/a -> topics/b\ntopics/a: A\n", PATH).lines
    assert lines["topics/a"].successor == "topics/b"


def test_all_faults_of_a_ledger_are_reported_at_once() -> None:
    text = "<<<<<<< HEAD\ntopics/a -> topics/b\n=======\ntopics/a -> topics/c\n>>>>>>> other\nwhat is this\n"
    with pytest.raises(ParseError) as refused:
        ledger.read(text, PATH)
    hint = "Remove the lines that git added and keep both sides; the order doesn't matter."
    mark = f"This is a marker of an unfinished merge. {hint}"
    assert str(refused.value).splitlines() == [
        f"{PATH}:1: {mark}",
        f"{PATH}:3: {mark}",
        f"{PATH}:4: topics/a leads to topics/c here and to topics/b in line 2. Keep one of the two.",
        f"{PATH}:5: {mark}",
        f'{PATH}:6: "what is this" is not a valid line of this file. Write "address: words" or "old -> new".',
    ]


def test_the_ledger_is_plain_text_that_says_what_was_there() -> None:
    rows = published(made()).splitlines()
    assert rows[0].startswith("# Every published address")
    assert "topics/craft: Handicraft" in rows
    assert "people/ben: Ben" in rows
    assert "transcripts/talk: On looms" in rows
    (quote,) = made().quotes
    assert f"quotes/{quote.id} by ben in talk on craft: the first looms wove plain cloth … for a long time" in rows
    assert rows[2:] == sorted(rows[2:])


def test_a_book_that_did_not_change_has_lost_nothing() -> None:
    book = made()
    links = known(book, published(book))
    assert sentences(links) == []
    assert old_addresses.collect(links) == old_addresses.OldAddresses()
    assert published(links.book) == published(book)


def test_without_a_ledger_nothing_is_asked_for() -> None:
    assert made().ledger == Ledger()
    assert sentences(Permalinks(made())) == []


def test_edited_words_are_reported_with_what_they_became() -> None:
    text = published(made())
    links = known(made(SAID.replace("borrowed the cards", "took the cards")), text)
    turn = next(line for line in links.gone.values() if "#t-" in line.address)
    became = next(suggestions.nearest(links, turn))
    assert [each for each in sentences(links) if "#t-" in each] == [
        f"{PATH}:{turn.number}: {turn.address} was published (engines came later and they borrowed … like most of all) "
        f"and is gone. Is it {became.address} now (engines came later and they took … like most of all)? Then run "
        f'"talkbook links --update". If it was removed on purpose, change its line to "{turn.address} -> withdrawn".'
    ]


def test_nothing_is_redirected_without_confirmation() -> None:
    text = published(made())
    edited = made(SAID.replace("borrowed the cards", "took the cards"))
    links = known(edited, text)
    assert old_addresses.collect(links) == old_addresses.OldAddresses()
    again = known(edited, ledger.write(record(links, {})))
    assert sorted(again.gone) == sorted(links.gone)


def test_an_accepted_successor_mends_it_and_forgets_the_words() -> None:
    text = published(made())
    links = known(made(SAID.replace("borrowed the cards", "took the cards")), text)
    accepted = {address: next(suggestions.nearest(links, line)).address for address, line in links.gone.items()}
    mended = known(links.book, ledger.write(record(links, accepted)))
    assert sentences(mended) == []
    assert "borrowed" not in ledger.write(mended.book.ledger.lines.values())
    places = old_addresses.collect(mended).passages["talk"]
    source = links.book.transcript["talk"].source
    assert {source[each.start : each.end].startswith("Engines came later, and they took") for each in places} == {True}
    assert {each.id for each in places} == {address.partition("#")[2] for address in accepted}


def test_words_that_still_stand_are_found_however_they_are_cut() -> None:
    text = published(made())
    joined = SAID.replace("\nAnn: Yes.\nBen:", "") + "Ann: Yes.\n"
    links = known(made(joined), text)
    source = links.book.transcript["talk"].source
    gone = {line.words: links.target(address) for address, line in links.gone.items() if "#t-" in address}
    assert sorted(words.split()[0] for words in gone) == ["engines", "looms"]
    place = next(target for words, target in gone.items() if words.startswith("engines came"))
    assert not isinstance(place, str | None)
    assert source[place.start : place.end].startswith("Engines came later")
    assert sentences(links) == []


def test_a_few_words_that_stand_twice_prove_nothing() -> None:
    text = published(made())
    links = known(made(SAID.replace("Ann: Yes.", "Ann: No. Is that so? Yes. I mean yes.")), text)
    yes = next(line for line in links.gone.values() if line.words == "yes")
    assert links.target(yes.address) is None


def test_a_quote_that_is_not_chosen_any_more_leads_to_its_words() -> None:
    before = made()
    (quote,) = before.quotes
    links = known(made(topics={"craft": page("Handicraft")}), published(before))
    assert sentences(links) == []
    found = old_addresses.collect(links)
    assert found.pages == {f"quotes/{quote.id}": f"transcripts/talk#{quote.id}"}
    assert found.notes == {"topics/craft": {quote.id: f"transcripts/talk#{quote.id}"}}
    assert [each.id for each in found.passages["talk"]] == [quote.id]


def test_a_quote_that_left_a_topic_is_led_to_from_there() -> None:
    text = published(made())
    links = known(made(topics={"craft": page("Handicraft"), "trade": CRAFT.replace("Handicraft", "Trade")}), text)
    (quote,) = links.book.quotes
    assert old_addresses.collect(links).notes == {"topics/craft": {quote.id: f"quotes/{quote.id}"}}


def test_a_renamed_topic_is_reported_and_redirect_from_mends_it() -> None:
    text = published(made())
    number = text.splitlines().index("topics/craft: Handicraft") + 1
    links = known(made(topics={"handicraft": CRAFT}), text)
    assert sentences(links) == [
        f"{PATH}:{number}: topics/craft was published (Handicraft) and is gone. "
        'Is it topics/handicraft now (Handicraft)? Then run "talkbook links --update". '
        'If it was removed on purpose, change its line to "topics/craft -> withdrawn".'
    ]
    mended = known(made(topics={"handicraft": CRAFT.replace("title", "redirect_from: [craft]\ntitle", 1)}), text)
    assert sentences(mended) == []
    assert old_addresses.collect(mended).pages == {"topics/craft": "topics/handicraft"}


def test_a_renamed_transcript_takes_its_anchors_with_it() -> None:
    text = published(made())
    book = made(slug="interview")
    links = known(book, text)
    assert [each.partition(" was published")[0].partition(": ")[2] for each in sentences(links)] == ["transcripts/talk"]
    mended = known(book, ledger.write(record(links, {"transcripts/talk": "transcripts/interview"})))
    assert sentences(mended) == []
    assert old_addresses.collect(mended).pages == {"transcripts/talk": "transcripts/interview"}
    again = ledger.write(record(mended, {}))
    assert "transcripts/talk#" not in again
    assert sentences(known(made(SAID + "Ben: Good bye, then.\n", slug="interview"), again)) == []


def test_what_was_taken_out_on_purpose_stays_out() -> None:
    text = published(made())
    links = known(booked({}, {"craft": page("Handicraft")}), text)
    accepted = dict.fromkeys(("transcripts/talk", "people/ann", "people/ben"), WITHDRAWN)
    mended = known(links.book, ledger.write(record(links, accepted)))
    assert sentences(mended) == []
    assert set(old_addresses.collect(mended).pages.values()) == {WITHDRAWN}
    assert "engines" not in ledger.write(record(mended, {}))


def test_a_file_with_errors_does_not_lose_what_is_in_it() -> None:
    text = published(made())
    links = known(made(side="titel: On looms\n"), text)
    assert links.book.problems
    assert [each for each in sentences(links) if "transcripts/" in each or "quotes/" in each] == []


def test_another_speaker_for_the_same_words_keeps_the_old_anchor() -> None:
    text = published(made())
    links = known(made(side=SIDE.replace("name: Ben", "name: Benjamin")), text)
    assert {each.partition(" was published")[0].partition(": ")[2] for each in sentences(links)} == {"people/ben"}
    assert len(old_addresses.collect(links).passages["talk"]) == len(
        [address for address in links.gone if "people" not in address]
    )


def test_a_redirect_loop_is_reported() -> None:
    links = known(made(), "topics/a -> topics/b\ntopics/b -> topics/a\n")
    hint = "Make one of them lead to a page that exists."
    assert sentences(links) == [
        f"{PATH}:1: topics/a leads in a circle: topics/a -> topics/b -> topics/a. {hint}",
        f"{PATH}:2: topics/b leads in a circle: topics/b -> topics/a -> topics/b. {hint}",
    ]
    assert old_addresses.collect(links) == old_addresses.OldAddresses()


def test_invalid_redirects_are_rejected() -> None:
    topics = {
        "cloth": page("Cloth", redirect_from="[looms, weft]"),
        "looms": page("Looms", redirect_from="[weft, ../../etc/passwd, 'a b']"),
    }
    links = Permalinks(made(topics=topics))
    assert set(old_addresses.collect(links).pages) == {"topics/weft"}
    assert sentences(links) == [
        "content/topics/cloth.md:3: redirect_from names topics/looms, but that page exists. "
        "Remove it from redirect_from.",
        "content/topics/looms.md:3: redirect_from names topics/weft, and so does content/topics/cloth.md. "
        "Keep it in only one of them.",
        'content/topics/looms.md:3: "../../etc/passwd" in redirect_from is not an address in this site. '
        "Write the topic's old file name without .md, or an old path in this site such as /old/page/.",
        'content/topics/looms.md:3: "a b" in redirect_from is not an address in this site. '
        "Write the topic's old file name without .md, or an old path in this site such as /old/page/.",
    ]


@pytest.mark.parametrize("address", ["../../aside", "topics/../../aside", ".hidden", "topics//a"])
def test_an_address_of_the_ledger_that_lies_out_of_the_site_gets_no_page(address: str) -> None:
    assert old_addresses.collect(known(made(), f"{address} -> topics/craft\n")).pages == {}


def test_words_made_private_leave_the_ledger_when_their_anchor_is_settled() -> None:
    text = published(made())
    side = SIDE + "private:\n  - {from: Engines came later, to: most of all.}\n"
    links = known(made(side=side), text)
    assert links.book.problems == ()
    accepted = dict.fromkeys(lost_line.address for lost_line in ledger_check.lost(links))
    settled = ledger.write(record(links, dict.fromkeys(accepted, WITHDRAWN)))
    assert "engines came" not in settled
    assert sentences(known(links.book, settled)) == []
