"""References to quotes and pages in the styles of APA (7th edition), MLA (9th) and Chicago (17th).

Podcast episodes: in APA, the hosts are the authors, and the medium is in brackets (10.13, audio works). In MLA and
Chicago, an interview is under the speaker's name (14.213, broadcast interviews; 14.267, podcasts). The place in the
recording is in the text in APA and MLA, and in a note in Chicago. Titles keep their capitals, even in APA, as a program
can't tell which words are names.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from talkbook.book.cited import Article, Quotation
from talkbook.text import rich_text
from talkbook.text.person_names import PersonName
from talkbook.text.rich_text import Address, Dated, Italic, Piece

_OPENING = re.compile(r"(?:^|(?<=[\s(\[—–-]))(['\"])")
_STRAIGHT = str.maketrans({"'": "’", '"': "”"})
_NESTED = str.maketrans({"“": "‘", "”": "’"})
_OPENING_DOUBLE = re.compile(r'(?:^|(?<=[\s(\[—–-]))"')
_BLOCKS = {"apa": 40, "mla": 60, "chicago": 100}  # words; APA 8.27; MLA 6.35 (more than four lines); Chicago 13.10


@dataclass(frozen=True, slots=True)
class FormattedReference:
    """How a style refers to a quotation.

    citation: what follows the quoted words; "" if the style uses notes.
    entries: the note, if any, and the entry for the list of references.
    block: the number of words from which a quotation is a block of its own, without quotation marks.
    """

    citation: str
    entries: Sequence[Sequence[Piece]]
    block: int


def apa(cited: Quotation) -> FormattedReference:
    """Return the APA reference.

    In the text: the speaker, the hosts, the year and the place. In the list: the hosts, as the creators.
    """
    makers = cited.hosts or ((cited.speaker,) if cited.speaker else ())
    role = f" ({'Host' if len(makers) == 1 else 'Hosts'})" if cited.hosts else ""
    names = _listed([_apa_name(each) for each in makers], " &")
    title = _smart(cited.title)
    day = rich_text.form(cited.date, "mdy").rpartition(",")[0] if cited.date else ""
    when = f"({cited.date.year}, {day}). " if cited.date else "(n.d.). "
    what = f" [{cited.kind}]" if cited.kind else ""
    heading: list[Piece] = [title if cited.show else Italic(title), f"{what}. "]
    head: list[Piece] = [f"{_ended(f'{names}{role}')} ", when, *heading] if names else [*heading, when]
    entry: list[Piece] = [
        *head,
        *(["In ", Italic(cited.show), ". "] if cited.show else []),
        *([Address(cited.source), " "] if cited.source else []),
        Dated("Transcript retrieved %mdy, from ", "Transcript: "),
        Address(cited.address),
    ]
    return FormattedReference(f"({', '.join(filter(None, _apa_text(cited)))})", [entry], _BLOCKS["apa"])


def _apa_text(cited: Quotation) -> Iterator[str]:
    hosts = [host.family or host.whole for host in cited.hosts]
    of = f"{hosts[0]} et al." if len(hosts) > 2 else " & ".join(hosts)
    if not cited.speaker:
        yield "speaker not known"
        yield f"in {of}" if of else f"in “{_nested(cited.title)}”"
    elif cited.interview:
        name = f"{cited.speaker.initials} {cited.speaker.family}" if cited.speaker.family else cited.speaker.whole
        yield f"{name.strip()}{cited.doubt}"
        yield f"in {of}"
    else:
        yield f"{of if len(hosts) == 1 else cited.speaker.family or cited.speaker.whole}{cited.doubt}"
    yield str(cited.date.year) if cited.date else "n.d."
    yield cited.time or (f"“{_nested(cited.section)}” section" if cited.section else "")


def _apa_name(name: PersonName) -> str:
    return ", ".join(filter(None, (name.family, name.initials, name.suffix))) if name.family else name.whole


def mla(cited: Quotation) -> FormattedReference:
    """Return the MLA reference: the episode as part of the show, and the transcript as a second container."""
    name = _mla_who(cited)
    by = [f"Interview by {_listed([host.direct for host in cited.hosts])}. "] if cited.interview else []
    day = rich_text.form(cited.date, "mla") if cited.date else ""
    hosted = _hosted(cited)
    first = [*([Italic(cited.show)] if cited.show else []), *filter(None, (hosted, day))]
    container = _between([*first, *([Address(cited.source)] if cited.source else [])])
    entry: list[Piece] = [
        *([f"{_ended(name)} "] if name else []),
        f"“{_closed(cited.title, '.')}” ",
        *by,
        *([*container, ". "] if container else []),
        Italic(cited.site),
        ", ",
        Address(cited.address),
        ". Transcript.",
        Dated(" Accessed %mla."),
    ]
    whom = cited.speaker.family or cited.speaker.whole if cited.speaker else f"“{_nested(cited.title)}”"
    return FormattedReference(f"({' '.join(filter(None, (whom, _hours(cited.time))))})", [entry], _BLOCKS["mla"])


def _mla_who(cited: Quotation) -> str:
    return f"{cited.speaker.inverted}{', host' if cited.by_host else ''}{cited.doubt}" if cited.speaker else ""


def chicago(cited: Quotation) -> FormattedReference:
    """Return the Chicago reference: a full note, which includes the place, and the entry for the bibliography."""
    day = rich_text.form(cited.date, "mdy") if cited.date else ""
    by = f"interview by {_listed([host.direct for host in cited.hosts])}" if cited.interview else _hosted(cited)
    length = ", ".join(filter(None, (cited.medium, cited.duration if cited.medium else "")))
    at = f"at {cited.time}" if cited.time else f"under “{_nested(cited.section)}”" if cited.section else ""
    who = f"{cited.speaker.direct}{', host' if cited.by_host else ''}{cited.doubt}, " if cited.speaker else ""
    show: list[Piece] = [Italic(cited.show)] if cited.show else []
    source: list[Piece] = [Address(cited.source)] if cited.source else []
    facts = _between([*([by] if by else []), *show, *filter(None, (day, length, at)), *source])
    note: list[Piece] = [
        f"{who}“{_closed(cited.title, ',')}” ",
        *facts,
        *(["; "] if facts else []),
        "transcript, ",
        Italic(cited.site),
        Dated(", accessed %mdy"),
        ", ",
        Address(cited.address),
        ".",
    ]
    name = _mla_who(cited)
    published = _between([*show, *([day] if day else [])])
    entry: list[Piece] = [
        *([f"{_ended(name)} "] if name else []),
        f"“{_closed(cited.title, '.')}” ",
        *([f"{by[0].upper()}{by[1:]}. "] if by else []),
        *([*published, ". "] if published else []),
        *([f"{length[0].upper()}{length[1:]}. "] if length else []),
        *([*source, ". "] if source else []),
        "Transcript, ",
        Italic(cited.site),
        Dated(", accessed %mdy"),
        ". ",
        Address(cited.address),
        ".",
    ]
    return FormattedReference("", [note, entry], _BLOCKS["chicago"])


def apa_page(page: Article) -> Sequence[Piece]:
    """Return the APA reference to a page that has no author and may change."""
    title = Italic(_ended(page.title))
    return [title, f" (n.d.). {page.site}. ", Dated("Retrieved %mdy, from "), Address(page.address)]


def mla_page(page: Article) -> Sequence[Piece]:
    """Return the MLA reference to a page of a site."""
    title = f"“{_closed(page.title, '.')}” "
    return [title, Italic(page.site), ", ", Address(page.address), ".", Dated(" Accessed %mla.")]


def chicago_page(page: Article) -> Sequence[Piece]:
    """Return the Chicago reference to a page of a site, whose name is not in italics."""
    return [
        f"“{_closed(page.title, '.')}” ",
        f"{page.site}. ",
        Dated("Accessed %mdy. "),
        Address(page.address),
        ".",
    ]


def run_in(words: str) -> str:
    """Return the words for use within double quotation marks: their own become single."""
    return _OPENING_DOUBLE.sub("‘", words).replace('"', "’").translate(_NESTED)


def _hosted(cited: Quotation) -> str:
    """Return the hosts, unless the entry begins with them or they interview the speaker."""
    hosts = _listed([host.direct for host in cited.hosts])
    return f"hosted by {hosts}" if hosts and not cited.interview and not cited.by_host else ""


def _listed(names: Sequence[str], last: str = " and") -> str:
    """Join the names.

    last: the conjunction before the last name. A comma precedes it if there are more than two names, and always
        precedes "&".
    """
    if len(names) < 2:
        return "".join(names)
    comma = "," if len(names) > 2 or last == " &" else ""
    return f"{', '.join(names[:-1])}{comma}{last} {names[-1]}"


def _ended(words: str) -> str:
    return words if words.endswith((".", "?", "!")) else f"{words}."


def _between(pieces: Sequence[Piece]) -> list[Piece]:
    """Join the pieces with commas; a comma goes inside a closing quotation mark."""
    found: list[Piece] = []
    for at, piece in enumerate(pieces, 1):
        if at == len(pieces):
            found.append(piece)
        elif isinstance(piece, str) and piece.endswith("”"):
            found += [f"{piece[:-1]},”", " "]
        else:
            found += [piece, ", "]
    return found


def _smart(title: str) -> str:
    """Return the title with typographic quotation marks and apostrophes."""
    opened = _OPENING.sub(lambda match: "‘" if match[1] == "'" else "“", title)
    return opened.translate(_STRAIGHT)


def _nested(title: str) -> str:
    """Return the title for use within double quotation marks."""
    return _smart(title).translate(_NESTED)


def _closed(title: str, sign: str) -> str:
    """Return _nested() of the title with a final full stop or comma, placed inside its closing quotation mark."""
    text = _nested(title)
    bare = text.rstrip("’") if text.count("‘") and text.endswith("’") else text
    ends = bare[-1:] in (".", "?", "!", "…") if sign == "." else bare.endswith(",")
    return f"{bare}{'' if ends else sign}{text[len(bare) :]}"


def _hours(time: str) -> str:
    """Return the time with hours, as MLA requires: 00:34:10."""
    parts = time.split(":") if time else []
    return ":".join(part.zfill(2) for part in [*["0"] * (3 - len(parts)), *parts]) if parts else ""
