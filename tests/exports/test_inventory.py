"""objects.inv, as Sphinx and mkdocstrings read it, so that other documentation can link by name."""

import io
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from mkdocstrings import Inventory
from sphinx.util.inventory import InventoryFile

URL = "https://book.example/talks/"


def test_sphinx_resolves_terms_labels_and_pages(files: Mapping[str, bytes], tmp_path: Path) -> None:
    (tmp_path / "objects.inv").write_bytes(files["objects.inv"])
    (tmp_path / "conf.py").write_text(
        "project = 'x'\nextensions = ['sphinx.ext.intersphinx']\nhtml_theme = 'basic'\n"
        f"intersphinx_mapping = {{'book': ({URL!r}, {str(tmp_path / 'objects.inv')!r})}}\n"
    )
    (tmp_path / "index.rst").write_text("X\n=\n\n:term:`evaluation` :ref:`evals` :doc:`book:topics/models`\n")
    command = [sys.executable, "-m", "sphinx", "-q", "-W", "-n", "-b", "html", str(tmp_path), str(tmp_path / "out")]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    html = (tmp_path / "out" / "index.html").read_text("utf-8")
    assert html.count(f'href="{URL}topics/evals/"') == 2
    assert f'href="{URL}topics/models/"' in html


def test_every_page_and_quote_is_in_it_under_its_address(files: Mapping[str, bytes]) -> None:
    inventory = InventoryFile.loads(files["objects.inv"], uri=URL)
    assert inventory["std:label", "evals"].uri == f"{URL}topics/evals/"
    assert inventory["std:term", "eval"].display_name == "Evals"
    assert inventory["std:doc", "transcripts/talk"].display_name == 'Talk & "more"'
    assert inventory["std:doc", "people/ben"].uri == f"{URL}people/ben/"
    quotes = {name: item.uri for name, item in inventory.data["std:label"].items() if name.startswith("q-")}
    assert quotes
    assert all(uri == f"{URL}quotes/{name}/" for name, uri in quotes.items())


def test_mkdocstrings_reads_the_same(files: Mapping[str, bytes]) -> None:
    inventory = Inventory.parse_sphinx(io.BytesIO(files["objects.inv"]), domain_filter=["std"])
    assert inventory["evals"].uri == "topics/evals/"
    assert inventory["evaluation"].dispname == "Evals"
    assert inventory["evaluation"].role == "term"
