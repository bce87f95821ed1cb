"""References for programs: BibTeX, RIS, CSL-JSON and Wikipedia's templates."""

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from talkbook.book.cited import Article, Quotation
from talkbook.text import escape
from talkbook.text.person_names import PersonName
from talkbook.text.rich_text import Dated, Piece

_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_RIS = {"video": "VIDEO", "audio": "SOUND", "": "SOUND"}


def bibtex(cited: Quotation) -> list[Piece]:
    """Return the quote's episode as @misc.

    Titles, and names whose parts are unknown, get a second pair of braces, so that BibTeX doesn't change them.
    """
    by = f"Interview by {_names(cited.hosts)}" if cited.interview else _hosts(cited)
    return _bibtex(
        cited.id,
        {
            "author": _bibtex_name(cited.speaker) if cited.speaker else "",
            "title": _kept(cited.title),
            "howpublished": escape.bibtex(_episode(cited)),
            "year": str(cited.date.year) if cited.date else "",
            "month": cited.date and _MONTHS[cited.date.month - 1],
            "note": escape.bibtex(". ".join(_notes(cited, by))),
            "url": _bibtex_address(cited.source or cited.address),
        },
    )


def bibtex_page(page: Article) -> list[Piece]:
    """Return the page as @misc."""
    fields = {"title": _kept(page.title), "howpublished": escape.bibtex(page.site)}
    return _bibtex(page.id, fields | {"url": _bibtex_address(page.address)})


def _bibtex(key: str, fields: Mapping[str, Any]) -> list[Piece]:
    # Months are BibTeX's own abbreviations, which have no braces.
    lines = [
        f"  {name} = {value}" if name == "month" else f"  {name} = {{{value}}}"
        for name, value in fields.items()
        if value
    ]
    return [f"@misc{{{key},\n" + ",\n".join(lines), Dated(",\n  urldate = {%iso}"), "\n}"]


def ris(cited: Quotation) -> list[Piece]:
    """Return the quote's episode as a recording, with its hosts as secondary authors."""
    return _ris(
        _RIS[cited.medium],
        [
            ("ID", cited.id),
            ("AU", cited.speaker.inverted if cited.speaker else ""),
            *(("A2", host.inverted) for host in cited.hosts if host != cited.speaker),
            ("TI", cited.title),
            ("T2", cited.show),
            ("PY", str(cited.date.year) if cited.date else ""),
            ("DA", cited.date.strftime("%Y/%m/%d/") if cited.date else ""),
            ("UR", cited.source or cited.address),
            *(("N1", note) for note in _notes(cited)),
        ],
    )


def ris_page(page: Article) -> list[Piece]:
    """Return the page as an electronic source."""
    return _ris("ELEC", [("ID", page.id), ("TI", page.title), ("T2", page.site), ("UR", page.address)])


def _ris(kind: str, fields: Iterable[tuple[str, str]]) -> list[Piece]:
    lines = "".join(f"{tag}  - {value}\n" for tag, value in (("TY", kind), *fields) if value)
    return [lines, Dated("Y2  - %ris\n"), "ER  - "]


def csl(cited: Quotation) -> list[Piece]:
    """Return the quote's episode as CSL-JSON 1.0. `locator` is the place of the words in it.

    The author of an interview is the person who is interviewed; of other episodes, the hosts.
    """
    makers = (cited.speaker,) if cited.speaker and not cited.by_host else cited.hosts
    item: dict[str, Any] = {
        "id": cited.id,
        "type": "interview" if cited.interview else "broadcast" if cited.show else "speech",
        "title": cited.title,
        "container-title": cited.show,
        "author": [*map(_csl_name, makers)],
        "interviewer": [*map(_csl_name, cited.hosts)] if cited.interview else [],
        "medium": cited.kind,
        "dimensions": cited.duration,
        "issued": {"date-parts": [[cited.date.year, cited.date.month, cited.date.day]]} if cited.date else {},
        "URL": cited.source or cited.address,
        "locator": cited.time or cited.section,
        "note": ". ".join(_notes(cited)),
    }
    return _csl({name: value for name, value in item.items() if value})


def csl_page(page: Article) -> list[Piece]:
    """Return the page as a web page in CSL-JSON 1.0."""
    item = {"type": "webpage", "title": page.title, "container-title": page.site, "URL": page.address}
    return _csl({"id": page.id, **item})


def _csl(item: Mapping[str, Any]) -> list[Piece]:
    text = json.dumps([item], ensure_ascii=False, indent=1)
    return [text.removesuffix("\n }\n]"), Dated(',\n  "accessed": {"date-parts": [[%parts]]}'), "\n }\n]"]


def _csl_name(name: PersonName) -> dict[str, str]:
    parts = {"family": name.family, "given": name.given, "suffix": name.suffix}
    return {key: value for key, value in parts.items() if value} if name.family else {"literal": name.whole}


def mediawiki(cited: Quotation) -> list[Piece]:
    """Return {{cite podcast}}, with the parameters of Citation Style 1."""
    who = cited.speaker
    author = {"host": who.whole} if who and cited.by_host else {"last": who.family, "first": who.given} if who else {}
    if who and not who.family:
        author = {"author": who.whole}
    by = f"Interviewed by {_names(cited.hosts)}" if cited.interview else _hosts(cited)
    fields = {
        **author,
        "others": ". ".join(filter(None, (by, _doubt(cited)))),
        "url": cited.source or cited.address,
        "title": cited.title,
        "website": cited.show or cited.site,
        "date": cited.date.isoformat() if cited.date else "",
        "time": cited.time,
        "transcript": "Transcript" if cited.source else "",
        "transcript-url": cited.address if cited.source else "",
    }
    return _template("cite podcast", fields)


def mediawiki_page(page: Article) -> list[Piece]:
    """Return {{cite web}}."""
    return _template("cite web", {"url": page.address, "title": page.title, "website": page.site})


def _template(name: str, fields: Mapping[str, str]) -> list[Piece]:
    written: Mapping[str, Callable[[str], str]] = {"url": _wiki_address, "transcript-url": _wiki_address}
    filled = [f"|{key}={written.get(key, escape.mediawiki)(value)}" for key, value in fields.items() if value]
    return [f"{{{{{name} {' '.join(filled)}", Dated(" |access-date=%iso"), "}}"]


def _wiki_address(address: str) -> str:
    for sign in "|[]{}<> ":
        address = address.replace(sign, f"%{ord(sign):02X}")
    return address


def _episode(cited: Quotation) -> str:
    return ". ".join(filter(None, (cited.kind, cited.show)))


def _notes(cited: Quotation, by: str = "") -> list[str]:
    at = f"At {cited.time}" if cited.time else f"Section “{cited.section}”" if cited.section else ""
    transcript = f"Transcript: {cited.address}" if cited.source else ""
    return [each for each in (by, at, _doubt(cited), transcript) if each]


def _doubt(cited: Quotation) -> str:
    return "Speaker probable, not confirmed" if cited.doubt else ""


def _hosts(cited: Quotation) -> str:
    return f"Hosted by {_names(cited.hosts)}" if cited.hosts and not cited.by_host else ""


def _names(people: Iterable[PersonName]) -> str:
    return ", ".join(person.direct for person in people)


def _kept(words: str) -> str:
    return f"{{{escape.bibtex(words)}}}"


def _bibtex_name(name: PersonName) -> str:
    if not name.family:
        return _kept(name.whole)
    # BibTeX's form of a name: von Last, Jr, First
    return escape.bibtex(", ".join(filter(None, (name.family, name.suffix, name.given))))


def _bibtex_address(address: str) -> str:
    return address.replace("{", "%7B").replace("}", "%7D").replace("\\", "%5C")
