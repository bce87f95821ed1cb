"""llms.txt: where a language model finds what, each page as Markdown."""

from collections.abc import Iterator

from talkbook.exports import markdown
from talkbook.pages.context import Site
from talkbook.text import escape


def text(web: Site) -> str:
    """The file, as llmstxt.org describes it."""
    return "\n".join(_lines(web)) + "\n"


def _lines(web: Site) -> Iterator[str]:
    yield f"# {escape.markdown(web.name)}"
    if web.description:
        yield f"\n> {escape.markdown(web.description)}"
    yield "\nEvery quote is verbatim and names its speaker and its place in a transcript. Cite a quote by its page."
    yield "\n## Topics\n"
    for topic in web.book.topics:
        yield _entry(web, topic.title, f"topics/{topic.slug}", topic.summary)
    yield "\n## Conversations\n"
    for transcript in web.book.transcripts:
        yield _entry(web, transcript.title, f"transcripts/{transcript.slug}", transcript.description)
    yield "\n## Optional\n"
    for person in web.book.people:
        yield _entry(web, person.name, f"people/{person.slug}", person.description)
    yield f"- [topics.json]({web.url}topics.json): every topic, with the ids of its quotes"
    yield f"- [quotes.json]({web.url}quotes.json): every quote, with its place in the source text"
    yield f"- [annotations.json]({web.url}annotations.json): the quotes as W3C Web Annotations"
    yield f"- [topics.ttl]({web.url}topics.ttl): the topics in SKOS"


def _entry(web: Site, title: str, uri: str, summary: str) -> str:
    about = f": {escape.markdown(summary)}" if summary else ""
    return f"- [{escape.markdown(title)}]({web.url}{markdown.path(uri)}){about}"
