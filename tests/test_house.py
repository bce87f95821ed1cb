"""The house that CONTRIBUTING draws is the one that stands, and stays small enough to draw from memory."""

import ast
import re
import tomllib

from making import ROOT

PACKAGE = ROOT / "generator" / "talkbook"
ROOMS = sorted(path.parent.name if path.name == "__init__.py" else path.stem for path in PACKAGE.glob("*/__init__.py"))
MODULES = sorted(path.stem for path in PACKAGE.glob("*.py"))


def contract() -> list[set[str]]:
    """The rows of the import contract, from the top."""
    tool = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]
    (layers,) = (each["layers"] for each in tool["importlinter"]["contracts"] if each.get("containers") == ["talkbook"])
    return [set(re.findall(r"\w+", row)) for row in layers]


def test_contributing_draws_the_rows_of_the_import_contract() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    drawn = [set(re.findall(r"`(\w+)`", row)) for row in re.findall(r"^\| (`[^|]*) \|", text, re.MULTILINE)]
    assert drawn == [row for row in contract() if row != {"__main__"}]


def test_the_root_is_small() -> None:
    assert len(MODULES) <= 5
    assert len({*ROOMS, *MODULES} - {"__init__", "__main__"}) <= 18
    assert set().union(*contract()) == {*ROOMS, *MODULES} - {"__init__"}


def test_each_package_says_what_it_is_for() -> None:
    faces = sorted(PACKAGE.rglob("__init__.py"))
    charters = {path.parent: ast.get_docstring(ast.parse(path.read_text("utf-8"))) or "" for path in faces}
    assert [str(path) for path, charter in charters.items() if not 60 <= len(charter) <= 700] == []


def test_no_file_is_too_long_to_be_one_story() -> None:
    files = [*PACKAGE.rglob("*.py"), *(ROOT / "templates").rglob("*.html"), *(ROOT / "templates").rglob("*.css")]
    assert {path.name: lines for path in files if (lines := path.read_text("utf-8").count("\n")) > 310} == {}
