"""Access to the real files outside of the project, and to their words, independently of the readers."""

import html
import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

CORPORA = Path(__file__).parents[3] / "shared" / "corpora"
WORD = re.compile(r"[^\W_]+")
_TIMES = re.compile(r"-->|^\d+:\d\d:\d\d\.\d+,\d+:\d\d:\d\d\.\d+\s*$")


def files(*patterns: str) -> list[Path]:
    """Return the real files that match; none if the corpora are not available."""
    return sorted(path for pattern in patterns for path in CORPORA.glob(pattern) if path.is_file())


def words(text: str) -> Counter[str]:
    return Counter(WORD.findall(text.casefold()))


def text(path: Path) -> str:
    data = path.read_bytes()
    for encoding in ("utf-8-sig", "utf-16", "gb18030"):
        try:
            return data.decode(encoding).replace("\r\n", "\n").replace("\r", "\n")
        except UnicodeDecodeError:
            continue
    raise AssertionError(path)


def captions(text: str) -> str:
    """Return the words of captions: all lines except times, cue identifiers and note blocks."""
    kept = []
    for block in re.split(r"\n[ \t]*\n", text):
        lines = block.strip("\n").split("\n")
        timed = [at for at, line in enumerate(lines) if _TIMES.search(line)]
        if re.match(r"\ufeff?\s*(?:WEBVTT|NOTE|STYLE|REGION|Region|[\w-]+:\s*\d)", block) and not timed:
            continue
        names = {at - 1 for at in timed}
        kept += [
            line
            for at, line in enumerate(lines)
            if at not in timed and at not in names and (not timed or at > timed[0])
        ]
    plain = re.sub(
        r"</?[biucvsl](?:[ .][^>]*)?>|</?(?:font|ruby|rt|lang|span)[^>]*>|<\d[\d:.]*>|\{\\[^}]*\}", "", "\n".join(kept)
    )
    return html.unescape(plain)


def spoken(path: Path) -> str:
    """Return the spoken words in a structured file, found by its markup alone."""
    content = text(path)
    if path.suffix == ".json":
        return " ".join(_strings(json.loads(content)))
    if path.suffix in (".xml", ".ttml"):
        root = ElementTree.fromstring(content.replace("<br", " <br"))
        said = [
            each for each in root.iter() if each.tag.rpartition("}")[2] in ("u", "p" if path.suffix == ".ttml" else "u")
        ]
        return " ".join("".join(each.itertext()) for each in said)
    if path.suffix == ".html":
        return html.unescape(re.sub(r"<(cite|time)>.*?</\1>|<[^>]+>", " ", content))
    if path.suffix == ".ssa":
        lines = re.findall(r"^Dialogue:(?:[^,]*,){9}(.*)$", content, re.MULTILINE)
        return re.sub(r"\{[^}]*\}|\\[nN]", " ", "\n".join(lines))
    return captions(content)


def _strings(value: object) -> Iterator[str]:
    """Return the texts of the best alternative of everything."""
    if isinstance(value, list):
        for item in value:
            yield from _strings(item)
    elif isinstance(value, dict):
        for key, item in value.items():
            if key in ("nBest", "alternatives"):
                yield from _strings(item[:1])
            elif isinstance(item, str) and key in (
                "text",
                "body",
                "transcript",
                "display",
                "displayText",
                "punctuated_word",
            ):
                yield item
            elif key not in ("combinedRecognizedPhrases", "model_info", "metadata"):
                yield from _strings(item)
