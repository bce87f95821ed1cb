"""Read transcripts from outside a project that are to be copied into it unchanged."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from talkbook.problems import Problem
from talkbook.sources import sidecar_names
from talkbook.sources.source import Source
from talkbook.text import ids


def files(paths: Sequence[Path], problems: list[Problem]) -> Iterator[Source]:
    """Yield the files that can be used. For every other file, a problem is added to `problems`."""
    seen: dict[str, Path] = {}
    for path in paths:
        slug = ids.slug(path.stem)
        if path.is_dir():
            problems.append(Problem(str(path), 0, "This is a folder.", f"Name its files: {path / '*'}."))
        elif sidecar_names.sidecar(path.name):
            hint = "Put it into content/transcripts/ once the project exists."
            problems.append(Problem(str(path), 0, "This is a sidecar, not a transcript.", hint))
        elif slug in seen:
            message = f'This file and {seen[slug]} would both be "{slug}" in addresses.'
            problems.append(Problem(str(path), 0, message, "Rename one of them."))
        else:
            seen[slug] = path
            try:
                yield Source(str(path), slug, path.read_bytes())
            except OSError as error:
                message = f"This file can't be opened: {error.strerror}."
                problems.append(Problem(str(path), 0, message, "Let Talkbook read it, or leave it out."))


def name(path: Path) -> str:
    """Return the name that a file will have in the project, where names that begin with "." or "_" are skipped."""
    return path.name.lstrip("._") or path.name
