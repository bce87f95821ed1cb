"""The private parts of MkDocs and Material that Talkbook uses exist; if not, the test says what is lost."""

import re
from pathlib import Path
from types import SimpleNamespace

import pytest
from jinja2 import DictLoader, Environment
from mkdocs.config import load_config
from mkdocs.livereload import LiveReloadServer

import building
from making import ROOT
from talkbook.plugin import material_internals, mkdocs_internals
from talkbook.plugin.material_internals import PATCHES, Patch

PLUGIN = ROOT / "generator/talkbook/plugin"
MATERIAL = Path(pytest.importorskip("material").__file__).parent / "templates"


def test_the_server_of_mkdocs_has_all_needed_attributes() -> None:
    server = LiveReloadServer(lambda: None, "127.0.0.1", 0, ".")
    gone = [what for name, what in mkdocs_internals.NEEDED.items() if not hasattr(server, name)]
    server.server_close()
    assert gone == []


@pytest.mark.parametrize(
    ("template", "patch"), [(name, patch) for name, patches in PATCHES.items() for patch in patches]
)
def test_each_patch_fits_its_template(template: str, patch: Patch) -> None:
    assert patch.fault in (MATERIAL / template).read_text("utf-8"), patch.gone


@pytest.mark.parametrize("way", ["title", "title | e", "title | upper", "title | truncate(9)", "title.split('&')[0]"])
def test_a_shared_fragment_has_the_title_of_each_page_however_a_theme_shows_it(way: str, tmp_path: Path) -> None:
    source = f'{{% call talkbook_titled("part") %}}<b>{{{{ page.meta.{way} }}}}</b>{{% endcall %}}'
    env = Environment(loader=DictLoader({"page.html": source}))
    material_internals.prepare(env, load_config(str(building.copied("garden", tmp_path) / "mkdocs.yml")))
    plain = Environment().from_string(f"<b>{{{{ page.meta.{way} }}}}</b>")
    shared: dict[str, object] = {}
    for title in ("Tea &amp; cake", "Tea", "A garden &lt; 2 acres"):
        page = SimpleNamespace(meta={"title": title})
        html = env.get_template("page.html").render({"page": page, material_internals.FRAGMENTS: shared})
        assert html == plain.render(page=page)
        assert page.meta["title"] == title


def test_materials_search_accepts_entries_and_returns_its_index(tmp_path: Path) -> None:
    config = load_config(str(building.copied("garden", tmp_path) / "mkdocs.yml"))
    config.plugins.on_config(config)
    gone = "Search doesn't find handwritten pages."
    assert material_internals.entries(config) == [], gone
    assert '"docs":[{"location":"a/"' in material_internals.search_index(config, [{"location": "a/"}]), gone
    assert material_internals.entries_of(config, []) == [], gone


def test_private_parts_of_mkdocs_are_used_in_one_module() -> None:
    names = "|".join([*mkdocs_internals.NEEDED, "_watch_refs", "_build_page", "_populate_page", "get_context"])
    using = [path.name for path in PLUGIN.rglob("*.py") if re.search(rf"\b({names})\b", path.read_text("utf-8"))]
    assert using == ["mkdocs_internals.py"]


def test_private_parts_of_material_are_used_in_one_module() -> None:
    names = r"search_index\.entries|add_entry_from_context|generate_search_index|data-md-component"
    using = [path.name for path in PLUGIN.rglob("*.py") if re.search(names, path.read_text("utf-8"))]
    assert using == ["material_internals.py"]
