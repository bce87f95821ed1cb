"""Sponsor reads are marked and never quoted, unless a curator pins one."""

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
    said = [
        source[each.start : each.end] for each in (*made.passages_of["compost"], *made.mentions_of.get("compost", ()))
    ]
    assert any("worms" in each for each in said)
    assert not any("Heap Cloud" in each for each in said)
    html = transcript_page.page(site(made), made.transcript["talk"]).html
    assert html.count("This is for a sponsor") == 1


def test_a_sidecar_says_what_no_phrase_does_and_a_pin_wins() -> None:
    plain = "My own compost is for sale at the market, and it is the best compost that money can buy around here."
    talk = f">> {plain}\n>> What is compost?\n>> {TALK}\n"
    side = f'sections:\n  - {{at: "{plain[:26]}", title: Market, kind: sponsor}}\n  - {{at: What is, title: Compost}}\n'
    made = booked({"talk": talk}, SUBJECTS, {"talk": side})
    assert not made.problems
    assert not any(each.start < talk.index("What") for each in made.passages_of["compost"])
    pinned = {"compost": page("Compost", quotes='{pin: ["My own compost … around here"]}')}
    assert any(each.pinned for each in booked({"talk": talk}, pinned, {"talk": side}).quotes)


SUNG = (
    "The {} people at Heap Cloud love compost, and compost is what they turn for you while you sleep the whole night. "
    "Nobody else makes compost as warm, as dark and as sweet as the compost that they bring to your garden door."
)
OWN = (
    "My compost is mostly leaves. The worms in that compost have done all the work in my compost heap since last May. "
    "I have never bought any compost, and nobody in my street with compost has.",
    "You need peelings for compost, and then compost has to wait. Compost takes a whole winter to turn into dark soil. "
    "Who is in a hurry had better not make compost, or else make compost of grass alone.",
    "Old soil and a few worms start compost well. Compost that is started like other compost never smells of anything. "
    "I learned about compost from my aunt, who gave her compost to the church.",
    "Cover a heap of compost when it rains, or the compost drowns. Every one of the worms leaves compost that is wet. "
    "Dry compost is less of a trouble, for water comes back to compost by itself.",
)


@pytest.mark.parametrize("times", [2, 4])
def test_what_several_conversations_repeat_is_quoted_from_one_of_them_at_most(times: int) -> None:
    def talk(at: int) -> str:
        return f">> {SUNG.format(('kind', 'good')[at % 2])}\n>> What goes into compost?\n>> {OWN[at]}\n"

    made = booked({f"talk-{at}": talk(at) for at in range(times)}, SUBJECTS)
    texts = [made.transcript[each.transcript].source[each.start : each.end] for each in made.quotes]
    assert sum("Heap Cloud" in each for each in texts) == (1 if times == 2 else 0)
    assert {each for each in texts if "Heap Cloud" not in each} == {*OWN[:times]}


def test_of_copies_of_a_conversation_one_is_quoted() -> None:
    made = booked({f"copy-{at}": f">> What goes into compost?\n>> {' '.join(OWN)}\n" for at in range(4)}, SUBJECTS)
    assert {each.transcript for each in made.quotes} == {"copy-0"}
