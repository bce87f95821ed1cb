"""The packages are those that CONTRIBUTING and docs/ show, and few enough to remember."""

import ast
import re
import tomllib
from importlib import import_module
from pathlib import Path

import pytest

from making import ROOT

PACKAGE = ROOT / "generator" / "talkbook"
ROOMS = sorted(path.parent.name if path.name == "__init__.py" else path.stem for path in PACKAGE.glob("*/__init__.py"))
MODULES = sorted(path.stem for path in PACKAGE.glob("*.py"))


def contract() -> list[set[str]]:
    """Return the layers of the import contract, from the top."""
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
    sentences = {path: len(re.findall(r"[.!?](?=\s|$)", charter)) for path, charter in charters.items()}
    assert {str(path): number for path, number in sentences.items() if not 2 <= number <= 5} == {}


def test_the_architecture_draws_every_package() -> None:
    _, picture, *_ = (ROOT / "docs" / "architecture.md").read_text("utf-8").split("```")
    assert set().union(*contract()) - {"__main__"} <= set(re.findall(r"\w+", picture))


def test_names_are_the_field_s_own() -> None:
    images = re.compile(r"(?:^|_)(?:hear|leaf|press|late|standing|beside|said|unsaid|twins?|cure)(?:_|$)")
    nodes = [node for path in PACKAGE.rglob("*.py") for node in ast.walk(ast.parse(path.read_text("utf-8")))]
    names = {node.name for node in nodes if isinstance(node, (ast.FunctionDef, ast.ClassDef))}
    assert (
        sorted(name for name in {*names, *(path.stem for path in PACKAGE.rglob("*.py"))} if images.search(name)) == []
    )


def test_no_file_is_too_long_to_be_one_story() -> None:
    files = [*PACKAGE.rglob("*.py"), *(ROOT / "templates").rglob("*.html"), *(ROOT / "templates").rglob("*.css")]
    assert {path.name: lines for path in files if (lines := path.read_text("utf-8").count("\n")) > 300} == {}


def shared_types() -> set[str]:
    """Return the names of classes that modules of one package import from another."""
    taken = set()
    for path in PACKAGE.rglob("*.py"):
        package = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            module = node.module or "" if isinstance(node, ast.ImportFrom) else ""
            if module.startswith("talkbook.") and module.split(".")[1] != package:
                taken |= {(module, alias.name) for alias in node.names}
    return {name for module, name in taken if isinstance(getattr(import_module(module), name, None), type)}


def test_the_glossary_has_each_type_that_packages_share() -> None:
    _, _, table = (ROOT / "docs" / "glossary.md").read_text("utf-8").partition("\n## Types\n")
    rows = re.findall(r"^\| ([A-Z][\w, ]+) \| ([\w.]+) \|", table, re.MULTILINE)
    listed = {name: module for names, module in rows for name in names.split(", ")}
    assert sorted(shared_types() - listed.keys()) == [], "add them to docs/glossary.md"
    form = r"^(?:class {0}\b|{0} = tuple\[)"  # the second defines a tuple's type
    defined = {
        name: [path for path in PACKAGE.rglob("*.py") if re.search(form.format(name), path.read_text("utf-8"), re.M)]
        for name in listed
    }
    places = {name: ".".join(path.relative_to(PACKAGE).with_suffix("").parts) for name, (path,) in defined.items()}
    assert {name: module for name, module in listed.items() if not f"{places[name]}.".startswith(f"{module}.")} == {}


def exists(name: str) -> bool:
    """Return whether the package has this module, or a module with this name in it, as in `book.pipeline.process`."""
    module, _, rest = name.rpartition(".")
    try:
        import_module(f"talkbook.{name}")
    except ModuleNotFoundError:
        return bool(module) and exists(module) and hasattr(import_module(f"talkbook.{module}"), rest)
    return True


DOCS = sorted([ROOT / "CONTRIBUTING.md", ROOT / "README.md", *(ROOT / "docs").rglob("*.md")])


@pytest.mark.parametrize("path", DOCS, ids=lambda path: path.stem)
def test_docs_name_what_is_there(path: Path) -> None:
    text = re.sub(r"^```.*?^```$", "", path.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)
    names = re.findall(rf"`((?:{'|'.join([*ROOMS, *MODULES])})(?:\.\w+)+)`", text)
    assert [name for name in names if not name.endswith((".txt", ".json")) and not exists(name)] == []
    files = re.findall(r"`([\w./-]+/[\w.-]+\.(?:py|json|js|html|css))`", text)
    assert [name for name in files if not any((folder / name).exists() for folder in (ROOT, PACKAGE))] == []
    links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", text)
    assert [link for link in links if not (path.parent / link).exists()] == []
