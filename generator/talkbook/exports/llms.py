"""llms.txt: an overview for language models, with links to the pages as Markdown."""

from collections.abc import Iterator

from talkbook.exports import markdown
from talkbook.pages.context import RenderContext
from talkbook.text import escape


def text(context: RenderContext) -> str:
    """Return the file, as llmstxt.org specifies it."""
    return "\n".join(_lines(context)) + "\n"


def _lines(context: RenderContext) -> Iterator[str]:
    yield f"# {escape.markdown(context.site.name)}"
    if context.site.description:
        yield f"\n> {escape.markdown(context.site.description)}"
    yield "\nEvery quote is verbatim and names its speaker and its place in a transcript. Cite a quote by its page."
    yield "\n## Topics\n"
    for topic in context.book.topics:
        yield _entry(context, topic.title, f"topics/{topic.slug}", topic.summary)
    yield "\n## Conversations\n"
    for transcript in context.book.transcripts:
        yield _entry(context, transcript.title, f"transcripts/{transcript.slug}", transcript.description)
    yield "\n## Optional\n"
    for person in context.book.people:
        yield _entry(context, person.name, f"people/{person.slug}", person.description)
    yield f"- [topics.json]({context.site.url}topics.json): every topic, with the ids of its quotes"
    yield f"- [quotes.json]({context.site.url}quotes.json): every quote, with its place in the source text"
    yield f"- [annotations.json]({context.site.url}annotations.json): the quotes as W3C Web Annotations"
    yield f"- [topics.ttl]({context.site.url}topics.ttl): the topics in SKOS"


def _entry(context: RenderContext, title: str, uri: str, summary: str) -> str:
    about = f": {escape.markdown(summary)}" if summary else ""
    return f"- [{escape.markdown(title)}]({context.site.url}{markdown.path(uri)}){about}"
