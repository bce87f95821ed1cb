"""Ways to the real files beside the project, and to their words, that owe nothing to the readers."""

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
    """The real files that match; none where the corpora are not there."""
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
    """The words of captions: all lines but times, the line above them, and the blocks that are notes."""
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
    """The words that are speech in a file with structure, found by its markup alone."""
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
    """Texts of the best reading of everything."""
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
