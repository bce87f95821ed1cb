"""What stands on a card, as a value; nothing is drawn here."""

from dataclasses import dataclass
from functools import cache
from importlib import resources

WIDTH, HEIGHT = 1200, 630  # pixels, the size that every unfurler takes


@dataclass(frozen=True, slots=True)
class SocialCard:
    """The words on a card.

    site: name of the whole site. title: a page's title, or a quote's words if `quoted`.
    kicker: small, above the title. summary: below the title of a page.
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
        """Everything that is to be read on it."""
        return " ".join((self.site, self.title, self.kicker, self.summary, self.by, self.role))


def path(uri: str) -> str:
    """Where in the site the card of the page at `uri` is."""
    return f"cards/{uri}.png"


def legible(words: str) -> bool:
    """Whether the bundled fonts hold every character, so that none would be drawn as a box."""
    return _covered().issuperset(words)


@cache
def _covered() -> frozenset[str]:
    text = resources.files("talkbook.pages.social").joinpath("fonts/coverage.txt").read_text("utf-8")
    ranges = (line.split("-") for line in text.split())
    return frozenset(chr(code) for first, last in ranges for code in range(int(first, 16), int(last, 16) + 1))
