"""Messages for curators: exceptions as problems, and problems shown on served pages."""

import os
from collections.abc import Iterable, Sequence
from html import escape

from mkdocs.exceptions import MkDocsException

from talkbook.pages import template_faults
from talkbook.problems import ParseError, Problem, error_message, os_hint, short_path

_UNKNOWN = "unknown file"
_BARE = "<!doctype html><html lang=en><title>Problem</title><article></article></html>"


def on_page(page: bytes, problems: Sequence[Problem], steps: Iterable[str] = ()) -> bytes:
    """Return the page with the problems, and then its curator's next steps, at the start of its article.

    A page without an article is returned unchanged.

    steps: as plain text.
    """
    notices = [_problems(problems)] if problems else []
    if listed := "</p><p>".join(map(escape, steps)):
        notices.append(f'<aside class="tb-steps" aria-label="For the curator"><p>{listed}</p></aside>')
    head, article, rest = page.partition(b"<article")
    if not article or not notices:
        return page
    tag, close, inner = rest.partition(b">")
    return b"".join((head, article, tag, close, "".join(notices).encode("utf-8", "replace"), inner))


def _problems(problems: Sequence[Problem]) -> str:
    items = "".join(f"<li>{escape(str(problem))}</li>" for problem in problems)
    stale = "" if all(problem.warning for problem in problems) else " This page shows the last version that had none."
    return (
        '<div class="tb-problems" role="alert"><p><strong>The sources have a problem.</strong>'
        f"{stale}</p><ul>{items}</ul></div>"
    )


def instead_of_page(problems: Sequence[Problem]) -> bytes:
    """Return a page that shows only the problems, for use when the page itself can't be made."""
    return on_page(_BARE.encode(), problems)


def explain(error: BaseException, where: str = "") -> list[Problem]:
    """Return the problems that an exception means for the curator.

    where: the path to name if the exception has none; "" if that is unknown.
    """
    if isinstance(error, ParseError):
        return [*error.problems]
    if fault := template_faults.problem(error):
        return [fault]
    if isinstance(error, OSError) and error.strerror:
        path = error.filename2 or error.filename  # the second is the target of a move or copy
        place = short_path(os.fsdecode(path)) if path else where or _UNKNOWN
        return [Problem(place, 0, f"This can't be used: {error.strerror}.", os_hint(error))]
    place = where or ("mkdocs.yml" if isinstance(error, MkDocsException) else _UNKNOWN)
    return [Problem(place, 0, f"The site could not be built: {error_message(error)}.", "Fix what it names, then save.")]


def comes_from_project(error: BaseException) -> bool:
    """Return whether an exception comes from the project or the system, so that a traceback would be of no use."""
    return isinstance(error, ParseError | OSError) or template_faults.problem(error) is not None
