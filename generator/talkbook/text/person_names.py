"""Split names of people into given name, family name and suffix, as bibliographies need them."""

import re
from dataclasses import dataclass
from functools import lru_cache

# In lower case, these belong to the family name: Ludwig van Beethoven, Simone de Beauvoir.
_PARTICLES = frozenset(
    "af al av ben bin da dal dalla das de dei del della den der des di do dos du el la las le li los"
    " ter ten van vom von y zu zum zur".split()
)
_SUFFIX = re.compile(r"(?:jr|sr)\.?|[ivx]{2,4}", re.IGNORECASE)
_TITLE = re.compile(r"(?:dr|prof|mr|mrs|ms|mx|sir|dame|rev|hon)\.?", re.IGNORECASE)
_DEGREE = re.compile(r"(?:,|(?<!\s))\s+(?:ph\.?d|m\.?d|mba|msc|esq)\.?$", re.IGNORECASE)
_NO_PERSON = re.compile(r"[\d/&+@]|^(?:the|a|an)\s|\sand\s", re.IGNORECASE)  # "Speaker 2", "Ann and Ben"
_NAMES = 6  # words; anything longer is a description


@dataclass(frozen=True, slots=True)
class PersonName:
    """A name and its parts.

    whole: the name as written.
    family: "" if the parts can't be told apart, as in a name of one word.
    """

    whole: str
    given: str = ""
    family: str = ""
    suffix: str = ""

    @property
    def inverted(self) -> str:
        """The form that begins an entry in a bibliography: "Beethoven, Ludwig van", "King, Martin Luther, Jr."; else
        the whole name.
        """
        return ", ".join(filter(None, (self.family, self.given, self.suffix))) if self.family else self.whole

    @property
    def direct(self) -> str:
        """The parts in reading order, without titles and degrees."""
        return " ".join(filter(None, (self.given, self.family, self.suffix))) if self.family else self.whole

    @property
    def initials(self) -> str:
        """The initials of the given names: "J.-L." for Jean-Luc, "M. L." for Martin Luther."""
        return " ".join(
            "-".join(f"{part[0].upper()}." for part in name.split("-") if part) for name in self.given.split()
        )


@lru_cache(maxsize=10_000)  # the same people are cited again and again
def parse(whole: str, family: str = "") -> PersonName:
    """Split a name into its parts. family: the family name if it is known, such as "García Márquez" or "Oh"."""
    if family and (rest := _without(whole, family)) is not None:
        return PersonName(whole, rest, family)
    name = _DEGREE.sub("", whole.strip())
    before, comma, after = name.partition(", ")
    suffix = ""
    if comma and not _SUFFIX.fullmatch(after):
        return PersonName(whole, after, before) if after and "," not in after else PersonName(whole)
    words = (before if comma else name).split()
    if comma:
        suffix = after
    elif len(words) > 2 and _SUFFIX.fullmatch(words[-1]):
        suffix = words.pop()
    while len(words) > 2 and _TITLE.fullmatch(words[0]):
        del words[0]
    if not 2 <= len(words) <= _NAMES or _NO_PERSON.search(name) or _TITLE.fullmatch(words[0]):
        return PersonName(whole)
    first = len(words) - 1
    while first > 1 and words[first - 1] in _PARTICLES:
        first -= 1
    return PersonName(whole, " ".join(words[:first]), " ".join(words[first:]), suffix)


def _without(whole: str, family: str) -> str | None:
    """Return the rest of a name that begins or ends with the family name, otherwise None."""
    if whole.startswith(f"{family} "):
        return whole.removeprefix(family).strip()
    if whole.endswith(f" {family}"):
        return whole.removesuffix(family).strip()
    return None
