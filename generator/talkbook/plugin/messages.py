"""Messages for curators: exceptions as problems, and problems shown on served pages."""

import os
from collections.abc import Iterable, Sequence
from html import escape
from pathlib import Path

from jinja2 import TemplateError, TemplateSyntaxError

from talkbook.problems import Problem, os_hint

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


def explain(error: BaseException, where: str = "mkdocs.yml") -> Problem:
    """Return the problem that an exception means for the curator. where: the path to name if the exception has none."""
    if isinstance(error, TemplateSyntaxError):
        message = f"The template is not valid: {str(error.message).rstrip('.')}."
        path = error.filename or error.name or "a template"
        return Problem(_short(path), error.lineno, message, "Close, fix or remove that tag.")
    if template := _template_place(error):
        message = f"The template failed: {_words(error)}."
        return Problem(_short(template[0]), template[1], message, "Check the names that it uses on that line.")
    if isinstance(error, OSError) and error.strerror:
        path = error.filename2 or error.filename  # the second is the target of a move or copy
        place = _short(os.fsdecode(path)) if path else where
        return Problem(place, 0, f"This can't be used: {error.strerror}.", os_hint(error))
    return Problem(where, 0, f"The site could not be built: {_words(error)}.", "Fix what it names, then save.")


def comes_from_project(error: BaseException) -> bool:
    """Return whether an exception comes from a template or the system, so that a traceback would be of no use."""
    return isinstance(error, TemplateError | OSError) or _template_place(error) is not None


def _words(error: BaseException) -> str:
    return (" ".join(str(error).split()) or type(error).__name__).rstrip(".")


def _template_place(error: BaseException) -> tuple[str, int] | None:
    """Return (file, line) of the template in which the exception was raised, or None if it was raised elsewhere."""
    place = ("a template", 0) if isinstance(error, TemplateError) else None
    trace = error.__traceback__
    while trace:
        if trace.tb_frame.f_code.co_filename.endswith((".html", ".j2")):
            place = (trace.tb_frame.f_code.co_filename, trace.tb_lineno)
        trace = trace.tb_next
    return place


def _short(path: str) -> str:
    return os.path.relpath(path) if Path(path).is_absolute() else path
