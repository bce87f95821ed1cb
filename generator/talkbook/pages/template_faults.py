"""Faults of templates, told apart from other exceptions: which template, and on which line."""

from jinja2 import TemplateError, TemplateSyntaxError

from talkbook.problems import Problem, error_message, short_path


def problem(error: BaseException) -> Problem | None:
    """Return the problem that an exception means if it was raised in a template, and otherwise None.

    Its path is relative to the current folder.
    """
    if isinstance(error, TemplateSyntaxError):
        message = f"The template is not valid: {str(error.message).rstrip('.')}."
        path = error.filename or error.name or "a template"
        return Problem(short_path(path), error.lineno, message, "Close, fix or remove that tag.")
    if place := _place(error):
        message = f"The template failed: {error_message(error)}."
        return Problem(short_path(place[0]), place[1], message, "Check the names that it uses on that line.")
    return None


def _place(error: BaseException) -> tuple[str, int] | None:
    """Return (file, line) of the template in which the exception was raised, or None if it was raised elsewhere."""
    place = ("a template", 0) if isinstance(error, TemplateError) else None
    trace = error.__traceback__
    while trace:
        if trace.tb_frame.f_code.co_filename.endswith((".html", ".j2")):
            place = (trace.tb_frame.f_code.co_filename, trace.tb_lineno)
        trace = trace.tb_next
    return place
