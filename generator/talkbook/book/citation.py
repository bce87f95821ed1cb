"""A quote or a topic as it is pasted elsewhere: one text for each tool's markup, with its address."""

import datetime
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from talkbook.text import escape

_LINE = 90  # characters of a text that is shown on one line


@dataclass(frozen=True, slots=True)
class Citation:
    """A text to copy. name: of its format; label: what people call it.

    rich: as HTML, for programs that know formatted text; "" for markup and code, and where it is the text of the
    format called html.
    """

    name: str
    label: str
    text: str
    rich: str = ""

    @property
    def attributes(self) -> Markup:
        """Those of a <textarea> that holds it: how high it is, of which format, and the rich form."""
        rows = "" if len(self.text) >= _LINE or "\n" in self.text else "rows=1 "
        rich = f' data-rich="{escape.attribute(self.rich)}"' if self.rich else ""
        return Markup(f"{rows}data-format={self.name}{rich}")

    @property
    def field(self) -> Markup:
        """The text as the content of a <textarea>, in which quotation marks need no escape."""
        return Markup(self.text.replace("&", "&amp;").replace("<", "&lt;"))


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quote to be cited.

    paragraphs: its words as shown. speaker: "" where it is not known. title: of the conversation.
    address: of the quote, whole. label: what its link is called.
    """

    id: str
    paragraphs: tuple[str, ...]
    speaker: str
    title: str
    address: str
    label: str
    show: str = ""
    hosts: tuple[str, ...] = ()
    date: datetime.date | None = None
    embed: str = ""  # address of the page to be shown in a frame


@dataclass(frozen=True, slots=True)
class Article:
    """A page to be cited: its id, title and whole address, and the site that it is part of."""

    id: str
    title: str
    address: str
    site: str


def quote(said: Quotation) -> tuple[Citation, ...]:
    """The quote in every format: its words, who said them and in which conversation, with a link."""
    return (
        Citation("text", "Text", _plain_quote(said)),
        Citation("link", "Link", said.address, _html_link(said.label, said.address)),
        Citation("markdown", "Markdown", _markdown_quote(said)),
        Citation("html", "HTML", _html_quote(said)),
        Citation("mediawiki", "MediaWiki", _mediawiki_quote(said)),
        Citation("confluence", "Confluence, Jira", _confluence_quote(said)),
        Citation("slack", "Slack", _slack_quote(said)),
        Citation("bibtex", "BibTeX", _bibtex(said.id, _fields(said))),
        Citation("csl-json", "CSL-JSON", _csl(_interview(said))),
        *([Citation("embed", "Embed", frame(said))] if said.embed else []),
    )


def article(page: Article) -> tuple[Citation, ...]:
    """The page in every format: its title, with a link."""
    source = {"title": page.title, "howpublished": page.site, "url": page.address}
    item = {"type": "webpage", "title": page.title, "container-title": page.site, "URL": page.address}
    return (
        Citation("text", "Text", f"{page.title} ({page.site}), {page.address}"),
        Citation("link", "Link", page.address),
        Citation("markdown", "Markdown", _markdown_link(page.title, page.address)),
        Citation("html", "HTML", _html_link(page.title, page.address)),
        Citation("mediawiki", "MediaWiki", _mediawiki_link(page.title, page.address)),
        Citation("confluence", "Confluence, Jira", _confluence_link(page.title, page.address)),
        Citation("slack", "Slack", _slack_link(page.title, page.address)),
        Citation("bibtex", "BibTeX", _bibtex(page.id, source)),
        Citation("csl-json", "CSL-JSON", _csl({"id": page.id, **item})),
    )


def frame(said: Quotation) -> str:
    """HTML that shows the quote in a frame, high enough for its words."""
    title = escape.attribute(said.label)
    return (
        f'<iframe src="{escape.attribute(said.embed)}" title="{title}" width="600" height="{height(said)}" '
        'style="border:0;max-width:100%" loading="lazy"></iframe>'
    )


def height(said: Quotation) -> int:
    """Pixels that the quote takes in a frame 600 wide; narrower ones scroll."""
    lines = sum(-(-len(paragraph) // 60) for paragraph in said.paragraphs)
    return 120 + 29 * lines + 12 * len(said.paragraphs)


def _who(said: Quotation) -> str:
    return said.speaker or "Speaker not known"


def _plain_quote(said: Quotation) -> str:
    show = f" ({said.show})" if said.show else ""
    return "“" + "\n\n".join(said.paragraphs) + f"”\n— {_who(said)}, {said.title}{show}, {said.address}"


def _html_link(title: str, address: str) -> str:
    return f'<a href="{escape.attribute(address)}">{escape.html(title)}</a>'


def _html_quote(said: Quotation) -> str:
    words = "\n".join(f"<p>{escape.html(paragraph)}</p>" for paragraph in said.paragraphs)
    by = f"<p>— {escape.html(_who(said))}, {_html_link(said.title, said.address)}</p>"
    return f'<blockquote cite="{escape.attribute(said.address)}">{words}</blockquote>\n{by}'


def _markdown_link(title: str, address: str) -> str:
    return f"[{escape.markdown(title)}]({address.replace('(', '%28').replace(')', '%29')})"


def _markdown_quote(said: Quotation) -> str:
    words = "\n>\n".join(f"> {escape.markdown(paragraph)}" for paragraph in said.paragraphs)
    return f"{words}\n>\n> — {escape.markdown(_who(said))}, {_markdown_link(said.title, said.address)}"


def _mediawiki_link(title: str, address: str) -> str:
    return f"[{address} {escape.mediawiki(title)}]"


def _mediawiki_quote(said: Quotation) -> str:
    words = "\n\n".join(map(escape.mediawiki, said.paragraphs))
    by = f"— {escape.mediawiki(_who(said))}, {_mediawiki_link(said.title, said.address)}"
    return f"<blockquote>\n{words}\n\n{by}\n</blockquote>"


def _confluence_link(title: str, address: str) -> str:
    return f"[{escape.confluence(title)}|{address}]"


def _confluence_quote(said: Quotation) -> str:
    words = "\n\n".join(map(escape.confluence, said.paragraphs))
    by = f"— {escape.confluence(_who(said))}, {_confluence_link(said.title, said.address)}"
    return f"{{quote}}\n{words}\n\n{by}\n{{quote}}"


def _slack_link(title: str, address: str) -> str:
    return f"<{address}|{escape.slack(title).replace('|', '¦')}>"


def _slack_quote(said: Quotation) -> str:
    words = "\n>\n".join(f"> {escape.slack(paragraph)}" for paragraph in said.paragraphs)
    return f"{words}\n> — {escape.slack(_who(said))}, {_slack_link(said.title, said.address)}"


def _fields(said: Quotation) -> dict[str, str]:
    date = {"year": str(said.date.year), "month": str(said.date.month)} if said.date else {}
    return {"author": said.speaker, "title": said.title, "howpublished": said.show, **date, "url": said.address}


def _bibtex(key: str, fields: dict[str, str]) -> str:
    """An entry. A second pair of braces keeps titles as they are, and names that are not made of first and last."""
    written: dict[str, Callable[[str], str]] = {"author": _bibtex_name, "title": _kept, "url": _bibtex_address}
    lines = [f"  {name} = {{{written.get(name, escape.bibtex)(value)}}}" for name, value in fields.items() if value]
    return f"@misc{{{key},\n" + ",\n".join(lines) + "\n}"


def _kept(words: str) -> str:
    return f"{{{escape.bibtex(words)}}}"


def _bibtex_name(name: str) -> str:
    odd = "," in name or " and " in f" {name} ".lower()
    return _kept(name) if odd else escape.bibtex(name)


def _bibtex_address(address: str) -> str:
    return address.replace("{", "%7B").replace("}", "%7D").replace("\\", "%5C")


def _interview(said: Quotation) -> dict[str, Any]:
    item: dict[str, Any] = {"id": said.id, "type": "interview" if said.hosts else "speech", "title": said.title}
    asking = [{"literal": name} for name in said.hosts if name != said.speaker]
    # Whole names: which part is the family name can't be told from the outside.
    if said.speaker:
        item["author"] = [{"literal": said.speaker}]
    if asking:
        item["interviewer"] = asking
    if said.show:
        item["container-title"] = said.show
    if said.date:
        item["issued"] = {"date-parts": [[said.date.year, said.date.month, said.date.day]]}
    return {**item, "URL": said.address}


def _csl(item: dict[str, Any]) -> str:
    return json.dumps([item], ensure_ascii=False, indent=1)
