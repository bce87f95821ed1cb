"""docs/content-files.md is correct and complete: its examples build, and it has one for every key."""

import json
import re
from collections.abc import Iterator
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
import yaml

import building
from making import ROOT
from talkbook.transcripts import metadata

TEXT = (ROOT / "docs" / "content-files.md").read_text("utf-8")
BLOCK = re.compile(r'^```\w+ title="(?P<path>[^"]+)"\n(?P<text>.*?)^```$', re.M | re.S)
FILES = {block["path"]: block["text"] for block in BLOCK.finditer(TEXT)}
OF = {
    "sidecar": "transcripts/garden/talk.yml",
    "show": "transcripts/garden/show.yml",
    "topic": "topics/compost.md",
    "lexicon": "lexicon.yml",
}


def keys(schema: dict[str, Any], data: Any, place: str) -> Iterator[str]:
    """Yield every key of a schema that the data doesn't use."""
    if schema.get("type") == "array":
        parts = [{*part} for part in data if isinstance(part, dict)]
        whole = {key: part[key] for part in data if isinstance(part, dict) for key in part}
        yield from keys(schema["items"], whole, place) if parts else ()
        return
    for key, inside in schema.get("properties", {}).items():
        if key not in data:
            yield f"{place}.{key}"
        else:
            yield from keys(inside, data[key], f"{place}.{key}")
    others = schema.get("additionalProperties")
    if isinstance(others, dict) and "properties" in others:
        merged = {key: value[key] for value in data.values() if isinstance(value, dict) for key in value}
        yield from keys(others, merged, f"{place}.*")


@pytest.mark.parametrize("name", [*OF, "people"])
def test_every_key_has_an_example(name: str) -> None:
    text = FILES["content/" + OF.get(name, f"{name}.yml")]
    schema = json.loads(resources.files("talkbook").joinpath(f"schemas/{name}.schema.json").read_text("utf-8"))
    data = yaml.load(text.split("---\n")[1] if text.startswith("---") else text, yaml.BaseLoader)
    assert list(keys(schema, data, name)) == [], "write an example in docs/content-files.md"


def test_the_examples_build(tmp_path: Path) -> None:
    project = building.copied("bare", tmp_path)
    for path in (project / "content").rglob("*.*"):
        path.unlink()
    for path, text in FILES.items():
        (project / path).parent.mkdir(parents=True, exist_ok=True)
        (project / path).write_text(text, "utf-8")
    assert building.build(project, tmp_path / "site") == []
    html = (tmp_path / "site/transcripts/garden-talk.html").read_text("utf-8")
    assert "worms</ins>" in html
    assert "one two three" not in html
    assert 'lang="en-GB"' in html


def test_the_table_of_metadata_is_that_of_the_code() -> None:
    rows = re.findall(r"^\| `(\w+)`(, \w+)? \| (.+) \|$", TEXT, re.M)
    assert [(f"{key}{role}", tuple(re.findall(r"`(\w+)`", names))) for key, role, names in rows] == [*metadata.keys()]
