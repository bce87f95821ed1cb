"""Decide by name and content which files may be sidecars, and to which transcripts they belong."""

import re
from collections.abc import Iterable

from rapidfuzz import fuzz

from talkbook.text import ids

_ALIKE = 60  # of 100; names this similar may be the same
_ENDINGS = (".yml", ".yaml")
_MISNAMED = re.compile(r"\.y(?:a?ml|[aml]{1,4}\d?)(?![^\W_])", re.IGNORECASE)  # talk.yml.txt, talk.yml~, talk.ymal
_BACKUP = re.compile(r"~$|^#.*#$|\.(?:bak|orig|old|rej|save|sw[a-z]|tmp)$", re.IGNORECASE)
_FRONT = re.compile(r"\A\ufeff?\s*---[ \t]*\n(?:[^\n]*\n){1,400}?(?:---|\.\.\.)[ \t]*\n(?=\s*\S)")
PRIVATE_KEYS = frozenset(("private", "from", "to", "why"))
_NAMED = ("rivate", "RIVATE")  # a file that says what is private contains one of these
_PRIVATE = re.compile(  # the head of a list in YAML, TOML or JSON
    r"""^[ \t]*(?:[-*+>#]+[ \t]*)?(?:["']?private["']?[ \t]*[:=](?:[ \t]*[\[{]|\s*^[ \t]*[-\[{])|\[\[?private\]\]?)""",
    re.IGNORECASE | re.MULTILINE,
)
_OPENING = re.compile(r"[\s\[{]*")
_FROM = re.compile(r"\bfrom\b", re.IGNORECASE)


def mentions_private(text: str) -> bool:
    """Return whether the text contains the word; most don't, and needn't be searched."""
    return any(word in text for word in _NAMED)


def private(text: str, start: int = 0) -> re.Match[str] | None:
    """Return the head of the first list of `private:`, from `start` on, in any notation; None if there is none.

    The first entry must begin in the same line or the next one that isn't empty.
    """
    if not mentions_private(text):
        return None
    return next((head for head in _PRIVATE.finditer(text, start) if _has_entry(text, head.end())), None)


def _has_entry(text: str, start: int) -> bool:
    opening = _OPENING.match(text, start)
    first = opening.end() if opening else start
    line_end = text.find("\n", first)
    end = text.find("\n", line_end + 1) if line_end >= 0 else -1
    return _FROM.search(text, first, end if end >= 0 else len(text)) is not None


def swallowed(value: str) -> bool:
    """Return whether a text in YAML contains a list of `private:`, whose lines may have been folded into one."""
    return private(value) is not None or private(re.sub(r"\s+", "\n", value)) is not None


def speaks_as_sidecar(data: bytes) -> bool:
    """Return whether the file says what is private, other than in front matter; for files not named like a sidecar."""
    bare = data.replace(b"\0", b"")  # so that UTF-16 is searched as well
    if not any(word.encode() in bare for word in _NAMED):  # spares decoding most files
        return False
    text = bare.decode("utf-8", "replace")
    front = _FRONT.match(text)
    return private(text, front.end() if front else 0) is not None


def sidecar(name: str) -> bool:
    """Return whether a file with this name is a sidecar."""
    return name.lower().endswith(_ENDINGS)


def misnamed(name: str) -> bool:
    """Return whether the name is almost that of a sidecar, so that the file is neither sidecar nor transcript."""
    return not sidecar(name) and _MISNAMED.search(name) is not None


def backup(name: str) -> bool:
    """Return whether the name is that of a backup made by an editor or a curator."""
    return _BACKUP.search(name) is not None


def stems(name: str) -> tuple[str, ...]:
    """Return the names, without suffix, of transcripts to which the file may belong, the likeliest first.

    For talk.txt.yml, these are "talk.txt" and "talk". Empty if the name is not even similar to a sidecar's.
    """
    name = name.lstrip("._") if name.startswith((".", "_")) else name
    endings = [*_MISNAMED.finditer(name)]
    if not endings:
        return ()
    stem = name[: endings[-1].start()]
    before, dot, _ = stem.rpartition(".")
    return (stem, before) if dot and before else (stem,)


def nearest(name: str, slugs: Iterable[str]) -> tuple[str, ...]:
    """Return the slugs of the transcripts for which a sidecar with an unmatched name is most likely meant, if any."""
    own = {ids.slug(stem) for stem in stems(name)}
    scores = {slug: max((_likeness(one, slug) for one in own), default=0.0) for slug in slugs}
    best = max(scores.values(), default=0.0)
    return tuple(slug for slug, score in scores.items() if score == best) if best >= _ALIKE else ()


def _likeness(one: str, other: str) -> float:
    inside = one.startswith(f"{other}-") or other.startswith(f"{one}-")
    return max(fuzz.ratio(one, other), 90.0 * inside)
