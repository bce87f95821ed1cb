"""Citations to paste elsewhere: a quote or a page in many formats, one text for each."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from talkbook.book import reference_data, reference_styles
from talkbook.book.cited import Article, Quotation
from talkbook.book.reference_styles import FormattedReference
from talkbook.text import escape, rich_text, scripts
from talkbook.text.rich_text import Address, Dated, Italic, Link, Piece, Rendered

_LINE = 90  # characters; a shorter text gets a field of one line


@dataclass(frozen=True, slots=True)
class Citation:
    """A text to copy.

    name: the name of its format, for scripts.
    label: the name of its format, for readers.
    rich: the same as HTML, for programs with formatted text, such as Confluence, Notion, Slack, Google Docs and Word. A
        comment, <!--day …-->, stands for the day on which it is copied. None for markup and data; the text of the
        format "html" is HTML itself.
    """

    name: str
    label: str
    text: Rendered
    rich: Rendered | None = None

    @property
    def attributes(self) -> Markup:
        """The attributes of a <textarea> with the text: its height, its format, and what a script needs.

        data-day: JSON, a list of (start, end, words) that are to be replaced by the day; offsets in UTF-16 code units.
        data-rich: the HTML.
        """
        text, days = self.text
        rows = "" if len(text) >= _LINE or "\n" in text else "rows=1 "
        places = [(_utf16(text[:start]), _utf16(text[:end]), dated) for start, end, dated in days]
        day = f' data-day="{escape.attribute(json.dumps(places))}"' if places else ""
        rich = f' data-rich="{escape.attribute(self.rich.filled("<!--day {}-->".format))}"' if self.rich else ""
        return Markup(f"{rows}data-format={self.name}{day}{rich}")

    @property
    def field(self) -> Markup:
        """The text as the content of a <textarea>, where quotation marks need not be escaped."""
        return Markup(self.text.text.replace("&", "&amp;").replace("<", "&lt;"))


def quote(cited: Quotation) -> tuple[Citation, ...]:
    """Return the quote in every format: its words, who said them, in which episode and where, with a link."""
    words, marked_up = ("\n\n".join(parts) for parts in (cited.paragraphs, map(escape.mediawiki, cited.paragraphs)))
    text = rich_text.plain([f"“{words}”\n", *source(cited)])
    block = f"<blockquote>\n{marked_up}\n</blockquote><ref>"
    wiki = rich_text.plain([block, *reference_data.mediawiki(cited), "</ref>"])
    link = Rendered(rich_text.html_link(cited.label, cited.address))
    return (
        Citation("text", "Text", text),
        Citation("link", "Link", Rendered(cited.address), link),
        _styled("apa", "APA", cited, reference_styles.apa(cited)),
        _styled("mla", "MLA", cited, reference_styles.mla(cited)),
        _styled("chicago", "Chicago", cited, reference_styles.chicago(cited)),
        Citation("markdown", "Markdown", _markdown_quote(cited)),
        Citation("html", "HTML", _html_quote(cited)),
        Citation("mediawiki", "MediaWiki", wiki),
        Citation("bibtex", "BibTeX", rich_text.plain(reference_data.bibtex(cited))),
        Citation("ris", "RIS", rich_text.plain(reference_data.ris(cited))),
        Citation("csl-json", "CSL-JSON", rich_text.plain(reference_data.csl(cited))),
        *([Citation("embed", "Embed", Rendered(frame(cited)))] if cited.embed else []),
    )


def article(page: Article) -> tuple[Citation, ...]:
    """Return the page in every format: its title, with a link."""
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


def credit(cited: Quotation) -> list[Piece]:
    """Return who said it, in which episode, on which day and at what time in it."""
    facts = filter(None, (rich_text.form(cited.date, "dmy") if cited.date else "", cited.time))
    show: list[Piece] = [", ", Italic(cited.show)] if cited.show else []
    return [f"{cited.by}, ", Link(f"“{cited.title}”", cited.source), *show, *(f", {fact}" for fact in facts)]


def source(cited: Quotation) -> list[Piece]:
    """Return credit() as it appears below the words, with the quote's address."""
    return ["— ", *credit(cited), ". ", Italic(cited.site), ", ", Address(cited.address), Dated(" (accessed %dmy)")]


def frame(cited: Quotation) -> str:
    """Return HTML that shows the quote in a frame high enough for its words."""
    title = escape.attribute(cited.label)
    return (
        f'<iframe src="{escape.attribute(cited.embed)}" title="{title}" width="600" height="{height(cited)}" '
        'style="border:0;max-width:100%" loading="lazy"></iframe>'
    )


def height(cited: Quotation) -> int:
    """Return the height of the quote in pixels, in a frame 600 pixels wide; in narrower ones, it scrolls."""
    lines = sum(-(-len(paragraph) // 60) for paragraph in cited.paragraphs)
    return 120 + 29 * lines + 12 * len(cited.paragraphs)


def _styled(name: str, label: str, cited: Quotation, reference: FormattedReference) -> Citation:
    block = len(cited.paragraphs) > 1 or sum(map(scripts.count, cited.paragraphs)) >= reference.block
    *before, last = cited.paragraphs if block else [f"“{reference_styles.run_in(cited.paragraphs[0])}”"]
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


def _html_quote(cited: Quotation) -> Rendered:
    words = "\n".join(f"<p>{escape.html(paragraph)}</p>" for paragraph in cited.paragraphs)
    opening = f'<blockquote cite="{escape.attribute(cited.address)}">{words}</blockquote>\n<p>'
    return rich_text.joined([rich_text.html(source(cited))], opening, after="</p>")


def _markdown_quote(cited: Quotation) -> Rendered:
    words = "\n>\n".join(f"> {escape.markdown(paragraph)}" for paragraph in cited.paragraphs)
    return rich_text.joined([rich_text.markdown(source(cited))], f"{words}\n>\n> ")


def _utf16(text: str) -> int:
    """Return the length of the text in JavaScript."""
    return len(text.encode("utf-16-le")) // 2
