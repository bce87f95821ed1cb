"""Each page tells the curator what to do next about proposals."""

from making import booked
from talkbook.drafting import waiting

SAID = "Ann: What is a loom?\nBen: Looms weave cloth. A loom needs thread, and looms need hands.\n"
LOOMS = "---\ntitle: Looms\nstatus: proposed\n---\n"


def steps(uri: str, topics: dict[str, str], sidecar: str = "") -> str:
    return " ".join(waiting.steps(booked({"talk.txt": SAID}, topics, sides={"talk": sidecar} if sidecar else {}), uri))


def test_a_proposed_topic_says_how_to_accept_or_refuse_it() -> None:
    said = steps("topics/looms", {"looms": LOOMS})
    assert "content/topics/looms.md" in said
    assert "status: proposed" in said
    assert "delete the file" in said


def test_a_written_topic_has_no_next_step() -> None:
    assert steps("topics/looms", {"looms": "---\ntitle: Looms\n---\nThey weave.\n"}) == ""
    assert "has no explanation" in steps("topics/looms", {"looms": "---\ntitle: Looms\n---\n"})


def test_a_conversation_lists_the_proposals_in_its_sidecar() -> None:
    sidecar = "proposed_sections:\n  - {at: What is a loom, title: Looms}\n"
    said = steps("transcripts/talk", {"looms": LOOMS}, sidecar)
    assert "1 proposed section here" in said
    assert "“proposed_sections”" in said
    assert steps("transcripts/talk", {"looms": LOOMS}) == ""
    assert "No topic has a passage here." in steps("transcripts/talk", {})


def test_the_start_page_counts_waiting_proposals() -> None:
    assert "1 proposed topic." in steps("index", {"looms": LOOMS})
    assert "There are no topics yet." in steps("index", {})
    assert steps("people/index", {"looms": LOOMS}) == ""
