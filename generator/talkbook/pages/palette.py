"""The site's colours, for its style sheet, the frames that other sites embed, and social cards."""

from dataclasses import asdict, dataclass
from functools import cache


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours as #rrggbb, named after their use."""

    paper: str  # behind everything
    card: str  # behind what stands out from the paper
    ink: str  # text
    soft: str  # less important text
    line: str
    accent: str  # links and quotes
    accent_soft: str  # behind text in the accent colour
    warm: str  # mentions, and the host
    highlight: str  # behind the passage that the address names
    wrong: str  # beside problems of the sources
    bar: str  # the site's header
    footer: str


LIGHT = Palette(
    paper="#fbfaf7",
    card="#ffffff",
    ink="#1d1b26",
    soft="#5b5868",
    line="#dedbe6",
    accent="#4338a0",
    accent_soft="#ebe9f8",
    warm="#b4531a",
    highlight="#fff0b8",
    wrong="#c62828",
    bar="#2a2456",
    footer="#1b1740",
)
DARK = Palette(
    paper="#16151d",
    card="#1e1c27",
    ink="#e9e7f0",
    soft="#a9a5ba",
    line="#35323f",
    accent="#b3abff",
    accent_soft="#2a2742",
    warm="#f0a36b",
    highlight="#4a4016",
    wrong="#ef9a9a",
    bar="#211d42",
    footer="#0c0b11",
)


@cache
def variables(palette: Palette) -> str:
    """Return a palette as CSS declarations: --tb-paper:#…; and so on."""
    return "".join(f"--tb-{name.replace('_', '-')}:{value};" for name, value in asdict(palette).items())
