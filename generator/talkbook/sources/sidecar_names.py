"""Which files of the transcripts' folder may say what a curator knows of a transcript, told from name and text."""

import re
from collections.abc import Iterable

from rapidfuzz import fuzz

from talkbook.text import ids

_ALIKE = 60  # of 100: likeness from which one name is taken for another
_ENDINGS = (".yml", ".yaml")
_MISNAMED = re.compile(r"\.y(?:a?ml|[aml]{1,4}\d?)(?![^\W_])", re.IGNORECASE)  # talk.yml.txt, talk.yml~, talk.ymal
_BACKUP = re.compile(r"~$|^#.*#$|\.(?:bak|orig|old|rej|save|sw[a-z]|tmp)$", re.IGNORECASE)
_FRONT = re.compile(r"\A\ufeff?\s*---[ \t]*\n(?:[^\n]*\n){1,400}?(?:---|\.\.\.)[ \t]*\n(?=\s*\S)")
_NAMED = ("rivate", "RIVATE")  # one of which stands in what says so
_PRIVATE = re.compile(  # in YAML, TOML or JSON
    r"""^[ \t]*(?:[-*+>#]+[ \t]*)?(?:["']?private["']?[ \t]*[:=][ \t]*(?:[\[{]|\s*^[ \t]*[-\[{])|\[\[?private\]\]?)"""
    r"""[\s\[{]*[^\n]*\n?[^\n]*\bfrom\b""",
    re.IGNORECASE | re.MULTILINE,
)


def private(text: str, start: int = 0) -> re.Match[str] | None:
    """Where a text says, from `start` on, which passages are private, as a sidecar does in whatever notation."""
    return _PRIVATE.search(text, start) if any(word in text for word in _NAMED) else None


def speaks_as_sidecar(data: bytes) -> bool:
    """Whether a file that isn't named like a sidecar says what is private, and not in front matter of its own."""
    bare = data.replace(b"\0", b"")  # of UTF-16
    if not any(word.encode() in bare for word in _NAMED):  # as in most files, which need not be decoded
        return False
    text = bare.decode("utf-8", "replace")
    front = _FRONT.match(text)
    return private(text, front.end() if front else 0) is not None


def sidecar(name: str) -> bool:
    """Whether a file of this name is a sidecar."""
    return name.lower().endswith(_ENDINGS)


def misnamed(name: str) -> bool:
    """Whether the name is nearly that of a sidecar, so that the file is none and no transcript either."""
    return not sidecar(name) and _MISNAMED.search(name) is not None


def backup(name: str) -> bool:
    """Whether an editor or a curator has put another file aside under this name."""
    return _BACKUP.search(name) is not None


def stems(name: str) -> tuple[str, ...]:
    """The names, without an ending, of transcripts that the file may belong to, the likeliest first.

    For talk.txt.yml these are "talk.txt" and "talk"; none where it is no sidecar, not even a misnamed one.
    """
    name = name.lstrip("._") if name.startswith((".", "_")) else name
    endings = [*_MISNAMED.finditer(name)]
    if not endings:
        return ()
    stem = name[: endings[-1].start()]
    before, dot, _ = stem.rpartition(".")
    return (stem, before) if dot and before else (stem,)


def nearest(name: str, slugs: Iterable[str]) -> tuple[str, ...]:
    """The slugs of transcripts that a sidecar with a name that is nobody's may be meant for: the likest, or none."""
    own = {ids.slug(stem) for stem in stems(name)}
    scores = {slug: max((_likeness(one, slug) for one in own), default=0.0) for slug in slugs}
    best = max(scores.values(), default=0.0)
    return tuple(slug for slug, score in scores.items() if score == best) if best >= _ALIKE else ()


def _likeness(one: str, other: str) -> float:
    inside = one.startswith(f"{other}-") or other.startswith(f"{one}-")
    return max(fuzz.ratio(one, other), 90.0 * inside)
