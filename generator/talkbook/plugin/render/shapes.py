"""Rendering pages by splicing: one frame for all pages of a shape, each frame proven against the slow way."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from posixpath import dirname
from typing import Any

from mkdocs.structure.files import File
from mkdocs.structure.pages import Page as MkDocsPage

from talkbook.plugin.render.frame import Frame, Opaque, cut
from talkbook.plugin.render.slots import MARK, Contents, Guard, Slot

PROOFS = 2  # pages of a frame that are rendered the slow way too, and compared
_MOST = 24  # frames of a shape; a theme that needs more tells single pages apart
_NAME = f"{MARK.lower()}page"
_ATTRIBUTES = ("content", "canonical_url", "abs_url", "edit_url")


@dataclass(slots=True)
class _Tried:
    frame: Frame
    proofs: int = 0


@dataclass(slots=True)
class _Shape:
    frames: list[_Tried] = field(default_factory=list)
    reason: str = ""  # why its pages are rendered the slow way


@dataclass(slots=True)
class Shapes:
    """All shapes met so far.

    render: makes the HTML of a dressed page the slow way, by the theme's template.
    give_up: is told why a shape can't be spliced, once for each.
    """

    render: Callable[[MkDocsPage], str]
    give_up: Callable[[str], None]
    slow: int = 0  # pages rendered the slow way
    fast: int = 0
    _shapes: dict[object, _Shape] = field(default_factory=dict)

    def html(self, page: MkDocsPage) -> str:
        """The HTML of a dressed page, as `render` would make it."""
        shape = self._shapes.setdefault(_key(page), _Shape())
        values = _values(page)
        toc = list(page.toc)
        if shape.reason or any(entry.children for entry in toc):
            return self._render(page)
        tried = next((each for each in shape.frames if each.frame.fits(values, toc)), None)
        if tried is None:
            tried = self._frame(page, values, shape)
        if tried is None or values["name"] in tried.frame.names:
            return self._render(page)
        html = tried.frame.fill(values, toc)
        if tried.proofs < PROOFS:
            proof = self._render(page)
            if proof != html:
                self._refuse(shape, "the theme looks at more than was foreseen")
                return proof
            tried.proofs += 1
        else:
            self.fast += 1
        return html

    def _render(self, page: MkDocsPage) -> str:
        self.slow += 1
        return self.render(page)

    def _frame(self, page: MkDocsPage, values: Mapping[str, str], shape: _Shape) -> _Tried | None:
        if len(shape.frames) >= _MOST:
            self._refuse(shape, "the theme tells single pages apart")
            return None
        guards: list[Guard] = []
        try:
            html = self.render(_slotted(page, values, guards))
        except Exception:  # of templates, which may do anything; if the page is to blame, the slow way says so
            self._refuse(shape, "the theme needs more of a page than was foreseen")
            return None
        try:
            frame = cut(html, [*values], _NAME, guards)
        except Opaque as error:
            self._refuse(shape, str(error))
            return None
        shape.frames.append(_Tried(frame))
        return shape.frames[-1]

    def _refuse(self, shape: _Shape, reason: str) -> None:
        shape.reason = reason
        shape.frames.clear()
        self.give_up(reason)


def _key(page: MkDocsPage) -> object:
    """What pages must have in common to share frames, whatever the theme asks."""
    meta = tuple((name, "" if isinstance(value, str) else repr(value)) for name, value in page.meta.items())
    absent = tuple(getattr(page, name) is None for name in _ATTRIBUTES)
    return dirname(page.file.src_uri), meta, absent, bool(page.toc), type(page)


def _values(page: MkDocsPage) -> dict[str, str]:
    values = {f"meta.{name}": value for name, value in page.meta.items() if isinstance(value, str)}
    values |= {name: value for name in _ATTRIBUTES if (value := getattr(page, name)) is not None}
    return {**values, "name": page.file.name}


def _slotted(page: MkDocsPage, values: Mapping[str, str], guards: list[Guard]) -> MkDocsPage:
    """A page of the same shape with slots for values."""
    file = File(
        f"{dirname(page.file.src_uri)}/{_NAME}.md",
        src_dir=None,
        dest_dir=page.file.dest_dir,
        use_directory_urls=page.file.use_directory_urls,
        inclusion=page.file.inclusion,
    )
    made = object.__new__(type(page))
    state: dict[str, Any] = dict(vars(page))
    made.__dict__.update(state)
    file.page = made
    made.file = file
    made.meta = {
        name: Slot(f"meta.{name}", value, guards) if isinstance(value, str) else value
        for name, value in page.meta.items()
    }
    for name in _ATTRIBUTES:
        if name in values:
            setattr(made, name, Slot(name, values[name], guards))
    if page.toc:
        made.toc = Contents(len(list(page.toc)), guards)  # type: ignore[assignment]
    return made
