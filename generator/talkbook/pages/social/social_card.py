"""What a social card shows, as a value."""

from dataclasses import dataclass
from functools import cache
from importlib import resources

WIDTH, HEIGHT = 1200, 630  # pixels; the size that all link previews accept


@dataclass(frozen=True, slots=True)
class SocialCard:
    """The words on a social card.

    site: the name of the site.
    title: a page's title, or a quote's words if `quoted`.
    kicker: a small line above the title.
    summary: the text below a page's title.
    by, role: who says the quote.
    """

    site: str
    title: str
    kicker: str = ""
    summary: str = ""
    by: str = ""
    role: str = ""
    quoted: bool = False

    @property
    def words(self) -> str:
        """All words on the card."""
        return " ".join((self.site, self.title, self.kicker, self.summary, self.by, self.role))


def path(uri: str) -> str:
    """Return the path in the site of the card of the page at `uri`."""
    return f"cards/{uri}.png"


def legible(words: str) -> bool:
    """Return whether the bundled fonts have every character, so that none would be drawn as a box."""
    return _covered().issuperset(words)


@cache
def _covered() -> frozenset[str]:
    text = resources.files("talkbook.pages.social").joinpath("fonts/coverage.txt").read_text("utf-8")
    ranges = (line.split("-") for line in text.split())
    return frozenset(chr(code) for first, last in ranges for code in range(int(first, 16), int(last, 16) + 1))
