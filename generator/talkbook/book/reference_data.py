"""References for programs: BibTeX, RIS, CSL-JSON, and the templates of Wikipedia."""

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from talkbook.book.cited import Article, Quotation
from talkbook.text import escape
from talkbook.text.person_names import PersonName
from talkbook.text.rich_text import Dated, Piece

_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_RIS = {"video": "VIDEO", "audio": "SOUND", "": "SOUND"}


def bibtex(said: Quotation) -> list[Piece]:
    """The quote's episode as @misc. A second pair of braces keeps titles, and names whose parts nobody knows."""
    by = f"Interview by {_names(said.hosts)}" if said.interview else _hosts(said)
    return _bibtex(
        said.id,
        {
            "author": _bibtex_name(said.speaker) if said.speaker else "",
            "title": _kept(said.title),
            "howpublished": escape.bibtex(_episode(said)),
            "year": str(said.date.year) if said.date else "",
            "month": said.date and _MONTHS[said.date.month - 1],
            "note": escape.bibtex(". ".join(_notes(said, by))),
            "url": _bibtex_address(said.source or said.address),
        },
    )


def bibtex_page(page: Article) -> list[Piece]:
    """The page as @misc."""
    fields = {"title": _kept(page.title), "howpublished": escape.bibtex(page.site)}
    return _bibtex(page.id, fields | {"url": _bibtex_address(page.address)})


def _bibtex(key: str, fields: Mapping[str, Any]) -> list[Piece]:
    # A month is one of BibTeX's own abbreviations, which stand without braces.
    lines = [
        f"  {name} = {value}" if name == "month" else f"  {name} = {{{value}}}"
        for name, value in fields.items()
        if value
    ]
    return [f"@misc{{{key},\n" + ",\n".join(lines), Dated(",\n  urldate = {%iso}"), "\n}"]


def ris(said: Quotation) -> list[Piece]:
    """The quote's episode as a recording, its hosts as secondary authors."""
    return _ris(
        _RIS[said.medium],
        [
            ("ID", said.id),
            ("AU", said.speaker.inverted if said.speaker else ""),
            *(("A2", host.inverted) for host in said.hosts if host != said.speaker),
            ("TI", said.title),
            ("T2", said.show),
            ("PY", str(said.date.year) if said.date else ""),
            ("DA", said.date.strftime("%Y/%m/%d/") if said.date else ""),
            ("UR", said.source or said.address),
            *(("N1", note) for note in _notes(said)),
        ],
    )


def ris_page(page: Article) -> list[Piece]:
    """The page of a site."""
    return _ris("ELEC", [("ID", page.id), ("TI", page.title), ("T2", page.site), ("UR", page.address)])


def _ris(kind: str, fields: Iterable[tuple[str, str]]) -> list[Piece]:
    lines = "".join(f"{tag}  - {value}\n" for tag, value in (("TY", kind), *fields) if value)
    return [lines, Dated("Y2  - %ris\n"), "ER  - "]


def csl(said: Quotation) -> list[Piece]:
    """The quote's episode as an item of CSL-JSON 1.0; `locator` is where in it the words are.

    An interview is by who is asked; any other episode by its hosts.
    """
    makers = (said.speaker,) if said.speaker and not said.by_host else said.hosts
    item: dict[str, Any] = {
        "id": said.id,
        "type": "interview" if said.interview else "broadcast" if said.show else "speech",
        "title": said.title,
        "container-title": said.show,
        "author": [*map(_csl_name, makers)],
        "interviewer": [*map(_csl_name, said.hosts)] if said.interview else [],
        "medium": said.kind,
        "dimensions": said.duration,
        "issued": {"date-parts": [[said.date.year, said.date.month, said.date.day]]} if said.date else {},
        "URL": said.source or said.address,
        "locator": said.time or said.section,
        "note": ". ".join(_notes(said)),
    }
    return _csl({name: value for name, value in item.items() if value})


def csl_page(page: Article) -> list[Piece]:
    """The page of a site."""
    item = {"type": "webpage", "title": page.title, "container-title": page.site, "URL": page.address}
    return _csl({"id": page.id, **item})


def _csl(item: Mapping[str, Any]) -> list[Piece]:
    text = json.dumps([item], ensure_ascii=False, indent=1)
    return [text.removesuffix("\n }\n]"), Dated(',\n  "accessed": {"date-parts": [[%parts]]}'), "\n }\n]"]


def _csl_name(name: PersonName) -> dict[str, str]:
    parts = {"family": name.family, "given": name.given, "suffix": name.suffix}
    return {key: value for key, value in parts.items() if value} if name.family else {"literal": name.whole}


def mediawiki(said: Quotation) -> list[Piece]:
    """{{cite podcast}}, whose parameters are those of Citation Style 1."""
    who = said.speaker
    author = {"host": who.whole} if who and said.by_host else {"last": who.family, "first": who.given} if who else {}
    if who and not who.family:
        author = {"author": who.whole}
    by = f"Interviewed by {_names(said.hosts)}" if said.interview else _hosts(said)
    fields = {
        **author,
        "others": ". ".join(filter(None, (by, _doubt(said)))),
        "url": said.source or said.address,
        "title": said.title,
        "website": said.show or said.site,
        "date": said.date.isoformat() if said.date else "",
        "time": said.time,
        "transcript": "Transcript" if said.source else "",
        "transcript-url": said.address if said.source else "",
    }
    return _template("cite podcast", fields)


def mediawiki_page(page: Article) -> list[Piece]:
    """{{cite web}}"""
    return _template("cite web", {"url": page.address, "title": page.title, "website": page.site})


def _template(name: str, fields: Mapping[str, str]) -> list[Piece]:
    written: Mapping[str, Callable[[str], str]] = {"url": _wiki_address, "transcript-url": _wiki_address}
    filled = [f"|{key}={written.get(key, escape.mediawiki)(value)}" for key, value in fields.items() if value]
    return [f"{{{{{name} {' '.join(filled)}", Dated(" |access-date=%iso"), "}}"]


def _wiki_address(address: str) -> str:
    for sign in "|[]{}<> ":
        address = address.replace(sign, f"%{ord(sign):02X}")
    return address


def _episode(said: Quotation) -> str:
    return ". ".join(filter(None, (said.kind, said.show)))


def _notes(said: Quotation, by: str = "") -> list[str]:
    at = f"At {said.time}" if said.time else f"Section “{said.section}”" if said.section else ""
    transcript = f"Transcript: {said.address}" if said.source else ""
    return [each for each in (by, at, _doubt(said), transcript) if each]


def _doubt(said: Quotation) -> str:
    return "Speaker probable, not confirmed" if said.doubt else ""


def _hosts(said: Quotation) -> str:
    return f"Hosted by {_names(said.hosts)}" if said.hosts and not said.by_host else ""


def _names(people: Iterable[PersonName]) -> str:
    return ", ".join(each.direct for each in people)


def _kept(words: str) -> str:
    return f"{{{escape.bibtex(words)}}}"


def _bibtex_name(name: PersonName) -> str:
    if not name.family:
        return _kept(name.whole)
    # von Last, Jr, First
    return escape.bibtex(", ".join(filter(None, (name.family, name.suffix, name.given))))


def _bibtex_address(address: str) -> str:
    return address.replace("{", "%7B").replace("}", "%7D").replace("\\", "%5C")
