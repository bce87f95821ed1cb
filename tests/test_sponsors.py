"""What is said for a sponsor is marked and never quoted, unless a curator pins it."""

import pytest

from making import booked, page, site, transcript
from talkbook.pages.conversations import transcript as transcript_page

READ = (
    "This episode is brought to you by Heap Cloud, where compost turns itself while you sleep. Compost has never been "
    "so easy, and with Heap Cloud compost is ready in a week. Go to heapcloud.com and use code COMPOST for 20% off."
)
TALK = (
    "Compost is made of leaves and peelings, and worms turn compost into soil within a year if the heap is wet enough. "
    "Compost that is too dry does nothing at all."
)
SUBJECTS = {"compost": page("Compost", summary="Leaves and peelings that worms turn into soil in a heap.")}


@pytest.mark.parametrize(
    ("said", "sold"),
    [
        (READ, True),
        ("Our sponsor for today is Toptal, and they find people for you.", True),
        ("Thanks to our friends at Sentry for sponsoring Changelog News.", True),
        ("Try it at heap.com, and sign up today to get a free trial.", True),
        ("The conference was sponsored by companies like Facebook and Google.", False),
        ("We use code generation, and our sponsors asked us to use code reviews.", False),
        ("There is a discount on the train, and you can learn more about trains from my sister.", False),
        (TALK, False),
    ],
)
def test_sponsor_reads_are_known_by_their_phrases(said: str, sold: bool) -> None:
    made = transcript(f">> {TALK}\n>> {said}\n>> {TALK}\n")
    assert [made.source[start:end] for start, end in made.sponsors] == ([made.source.split("\n")[1]] if sold else [])


def test_a_sponsor_read_is_marked_and_not_quoted() -> None:
    made = booked({"talk": f">> Welcome.\n>> {READ}\n>> What is compost?\n>> {TALK}\n"}, SUBJECTS)
    source = made.transcript["talk"].source
    said = [source[each.start : each.end] for each in (*made.passages_of["compost"], *made.mentions)]
    assert any("worms" in each for each in said)
    assert not any("Heap Cloud" in each for each in said)
    html = transcript_page.page(site(made), made.transcript["talk"]).html
    assert html.count("For a sponsor.") == 1


def test_a_sidecar_says_what_no_phrase_does_and_a_pin_wins() -> None:
    plain = "My own compost is for sale at the market, and it is the best compost that money can buy around here."
    talk = f">> {plain}\n>> What is compost?\n>> {TALK}\n"
    side = f'sections:\n  - {{at: "{plain[:26]}", title: Market, kind: sponsor}}\n  - {{at: What is, title: Compost}}\n'
    made = booked({"talk": talk}, SUBJECTS, {"talk": side})
    assert not made.problems
    assert not any(each.start < talk.index("What") for each in made.passages_of["compost"])
    pinned = {"compost": page("Compost", quotes='{pin: ["My own compost … around here"]}')}
    assert any(each.pinned for each in booked({"talk": talk}, pinned, {"talk": side}).quotes)
