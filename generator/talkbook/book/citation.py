"""A quote or a topic as it is pasted elsewhere: one text for each tool or style, with its address."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from talkbook.book import reference_data, reference_styles
from talkbook.book.cited import Article, Quotation
from talkbook.book.reference_styles import FormattedReference
from talkbook.text import escape, rich_text, scripts
from talkbook.text.rich_text import Address, Dated, Italic, Link, Piece, Rendered

_LINE = 90  # characters of a text that is shown on one line


@dataclass(frozen=True, slots=True)
class Citation:
    """A text to copy. name: of its format; label: what people call it.

    rich: the same as HTML, for programs that know formatted text, such as Confluence, Notion, Slack, Google Docs and
    Word; None for markup and data, and where it is the text of the format called html. There a comment stands for the
    day on which it is copied: <!--day …-->.
    """

    name: str
    label: str
    text: Rendered
    rich: Rendered | None = None

    @property
    def attributes(self) -> Markup:
        """Those of a <textarea> that holds it: how high it is, of which format, and what a script needs.

        data-day: where the day goes, each place as start, end (in UTF-16) and words with the day's form, in JSON.
        data-rich: the HTML.
        """
        text, days = self.text
        rows = "" if len(text) >= _LINE or "\n" in text else "rows=1 "
        places = [(_utf16(text[:start]), _utf16(text[:end]), dated) for start, end, dated in days]
        day = f' data-day="{escape.attribute(json.dumps(places))}"' if places else ""
        rich = f' data-rich="{escape.attribute(_commented(self.rich))}"' if self.rich else ""
        return Markup(f"{rows}data-format={self.name}{day}{rich}")

    @property
    def field(self) -> Markup:
        """The text as the content of a <textarea>, in which quotation marks need no escape."""
        return Markup(self.text.text.replace("&", "&amp;").replace("<", "&lt;"))


def quote(said: Quotation) -> tuple[Citation, ...]:
    """The quote in every format: its words, who said them, in which episode and where, with a link."""
    text = rich_text.plain([f"{_quoted(said)}\n", *source(said)])
    wiki = rich_text.plain([f"{_wiki_words(said)}<ref>", *reference_data.mediawiki(said), "</ref>"])
    link = Rendered(rich_text.html_link(said.label, said.address))
    return (
        Citation("text", "Text", text),
        Citation("link", "Link", Rendered(said.address), link),
        _styled("apa", "APA", said, reference_styles.apa(said)),
        _styled("mla", "MLA", said, reference_styles.mla(said)),
        _styled("chicago", "Chicago", said, reference_styles.chicago(said)),
        Citation("markdown", "Markdown", _markdown_quote(said)),
        Citation("html", "HTML", _html_quote(said)),
        Citation("mediawiki", "MediaWiki", wiki),
        Citation("bibtex", "BibTeX", rich_text.plain(reference_data.bibtex(said))),
        Citation("ris", "RIS", rich_text.plain(reference_data.ris(said))),
        Citation("csl-json", "CSL-JSON", rich_text.plain(reference_data.csl(said))),
        *([Citation("embed", "Embed", Rendered(frame(said)))] if said.embed else []),
    )


def article(page: Article) -> tuple[Citation, ...]:
    """The page in every format: its title, with a link."""
    link = Rendered(rich_text.html_link(page.title, page.address))
    text: list[Piece] = [f"“{page.title}”, {page.site}, ", Address(page.address), Dated(" (accessed %dmy)")]
    return (
        Citation("text", "Text", rich_text.plain(text), link),
        Citation("link", "Link", Rendered(page.address), link),
        _entry("apa", "APA", reference_styles.apa_page(page)),
        _entry("mla", "MLA", reference_styles.mla_page(page)),
        _entry("chicago", "Chicago", reference_styles.chicago_page(page)),
        Citation("markdown", "Markdown", Rendered(rich_text.markdown_link(page.title, page.address))),
        Citation("html", "HTML", link),
        Citation("mediawiki", "MediaWiki", rich_text.plain(reference_data.mediawiki_page(page))),
        Citation("bibtex", "BibTeX", rich_text.plain(reference_data.bibtex_page(page))),
        Citation("ris", "RIS", rich_text.plain(reference_data.ris_page(page))),
        Citation("csl-json", "CSL-JSON", rich_text.plain(reference_data.csl_page(page))),
    )


def credit(said: Quotation) -> list[Piece]:
    """Who said it, in which episode, when and where in it."""
    facts = filter(None, (rich_text.form(said.date, "dmy") if said.date else "", said.time))
    show: list[Piece] = [", ", Italic(said.show)] if said.show else []
    return [f"{said.by}, ", Link(f"“{said.title}”", said.source), *show, *(f", {fact}" for fact in facts)]


def source(said: Quotation) -> list[Piece]:
    """credit() as it stands below the words, with the quote's address."""
    return ["— ", *credit(said), ". ", Italic(said.site), ", ", Address(said.address), Dated(" (accessed %dmy)")]


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


def _quoted(said: Quotation) -> str:
    return "“" + "\n\n".join(said.paragraphs) + "”"


def _styled(name: str, label: str, said: Quotation, reference: FormattedReference) -> Citation:
    block = len(said.paragraphs) > 1 or sum(map(scripts.count, said.paragraphs)) >= reference.block
    *before, last = said.paragraphs if block else [f"“{reference_styles.run_in(said.paragraphs[0])}”"]
    words: list[Sequence[Piece]] = [*([each] for each in before), [f"{last} {reference.citation}".rstrip()]]
    plain = rich_text.joined([rich_text.plain(each) for each in (*words, *reference.entries)], between="\n\n")
    around = ("<blockquote><p>", "</p></blockquote>") if block else ("<p>", "</p>")
    rich = [
        rich_text.joined(map(rich_text.html, words), around[0], "</p>\n<p>", around[1]),
        rich_text.joined(map(rich_text.html, reference.entries), "\n<p>", "</p>\n<p>", "</p>"),
    ]
    return Citation(name, label, plain, rich_text.joined(rich))


def _entry(name: str, label: str, pieces: Sequence[Piece]) -> Citation:
    return Citation(name, label, rich_text.plain(pieces), rich_text.html(pieces))


def _html_quote(said: Quotation) -> Rendered:
    words = "\n".join(f"<p>{escape.html(paragraph)}</p>" for paragraph in said.paragraphs)
    opening = f'<blockquote cite="{escape.attribute(said.address)}">{words}</blockquote>\n<p>'
    return rich_text.joined([rich_text.html(source(said))], opening, after="</p>")


def _markdown_quote(said: Quotation) -> Rendered:
    words = "\n>\n".join(f"> {escape.markdown(paragraph)}" for paragraph in said.paragraphs)
    return rich_text.joined([rich_text.markdown(source(said))], f"{words}\n>\n> ")


def _wiki_words(said: Quotation) -> str:
    return "<blockquote>\n" + "\n\n".join(map(escape.mediawiki, said.paragraphs)) + "\n</blockquote>"


def _utf16(text: str) -> int:
    """The length of a text as JavaScript counts it."""
    return len(text.encode("utf-16-le")) // 2


def _commented(rich: Rendered) -> str:
    return rich.filled(lambda dated: f"<!--day {dated}-->")
