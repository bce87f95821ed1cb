"""The style sheet is one file made of components, and all colours come from one palette."""

import re
import shutil
import subprocess
from dataclasses import fields
from pathlib import Path

import pytest

from talkbook.pages import palette, stylesheet
from talkbook.pages.palette import DARK, LIGHT, Palette
from talkbook.sources import content_folder

STYLES = content_folder.styles()
TEMPLATES = content_folder.templates()
SOURCES = [path for path in sorted(TEMPLATES.rglob("*")) if path.suffix in (".css", ".js", ".html")]
WHITE_OR_BLACK = re.compile(r"#(?:fff|000)(?:[0-9a-f]{3}(?:[0-9a-f]{2})?)?(?![0-9a-f])")


def test_every_component_is_in_the_sheet_once() -> None:
    assert sorted(stylesheet.COMPONENTS) == sorted(STYLES)


def test_rules_lose_only_comments_and_line_breaks() -> None:
    component = (
        "/* a\n b */\n.one,\n.two > a {\n  margin: 1px\n    2px; /* why */\n  color: red;\n}\n\n"
        "@media print {\n  a {\n    b: c;\n  }\n}\n"
    )
    sheet = stylesheet.join({name: component if name == "print" else "" for name in stylesheet.COMPONENTS})
    assert sheet.splitlines()[-1] == ".one,.two > a {margin: 1px 2px;color: red;}@media print {a {b: c;}}"


def test_scripts_lose_only_comments_and_indentation() -> None:
    script = (
        "// why\n(() => {\n\n  /** what */\n  let a = 1; // kept\n  /*\n   * more\n   */\n  a = `x // y\n  z`;\n})();\n"
    )
    assert stylesheet.script(script) == "(() => {\nlet a = 1; // kept\na = `x // y\nz`;\n})();\n"


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(TEMPLATES).as_posix())
def test_no_component_has_a_colour_of_its_own(path: Path) -> None:
    literal = re.findall(r"#[0-9a-fA-F]{3,8}\b(?=[;\s,)}])", path.read_text("utf-8"))
    assert [each for each in literal if not WHITE_OR_BLACK.fullmatch(each)] == []


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(TEMPLATES).as_posix())
def test_no_line_is_longer_than_120_characters(path: Path) -> None:
    lines = enumerate(path.read_text("utf-8").splitlines(), 1)
    assert [(number, line) for number, line in lines if len(line) > 120] == []


@pytest.mark.skipif(not shutil.which("node"), reason="needs Node")
@pytest.mark.parametrize("path", [path for path in SOURCES if path.suffix == ".js"], ids=lambda path: path.name)
def test_every_script_is_valid_and_strict(path: Path) -> None:
    subprocess.run(["node", "--check", str(path)], check=True)
    text = path.read_text("utf-8")
    assert '"use strict"' in text
    subprocess.run(["node", "--check", "-"], input=stylesheet.script(text), text=True, check=True)


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("text", ["ink", "soft", "accent", "warm"])
@pytest.mark.parametrize("behind", ["paper", "card"])
def test_text_has_enough_contrast_on_paper_and_cards(colours: Palette, text: str, behind: str) -> None:
    assert contrast(getattr(colours, text), getattr(colours, behind)) >= 4.5


def test_both_schemes_are_in_the_sheet() -> None:
    sheet = stylesheet.join(STYLES)
    for each in fields(Palette):
        for colours in (LIGHT, DARK):
            assert f"--tb-{each.name.replace('_', '-')}:{getattr(colours, each.name)};" in sheet
    assert palette.variables(LIGHT) in sheet
