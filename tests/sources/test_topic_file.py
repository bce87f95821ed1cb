"""A topic's file: the front matter is validated, and the Markdown is kept as it is."""

import pytest

from making import page
from talkbook.model import Reference, TextSelector
from talkbook.sources import topic_file

FILE = """\
---
title: "Mixture of experts"
aliases: [MoE, sparse model]
hidden_labels: [experts]
kind: technique
summary: >-
  One line
  and another.
broader: [transformer]
related: [gopher, chinchilla]
references:
  - {title: A paper, url: "https://example.org/paper?a=1&b=2"}
quotes:
  pin:
    - the mixture of experts
    - and what it means
  hide: [a passing word]
status: reviewed
redirect_from: [moe]
---

A paragraph.

---

Another.
"""


def test_everything_that_it_can_say() -> None:
    found = topic_file.read(FILE, "topics/moe.md", "moe")
    assert (found.slug, found.path, found.title, found.kind, found.status) == (
        "moe",
        "topics/moe.md",
        "Mixture of experts",
        "technique",
        "reviewed",
    )
    assert found.names == ("Mixture of experts", "MoE", "sparse model")
    assert found.hidden_labels == ("experts",)
    assert found.summary == "One line and another."
    assert (found.broader, found.related) == (("transformer",), ("gopher", "chinchilla"))
    assert found.references == (Reference("A paper", "https://example.org/paper?a=1&b=2"),)
    assert found.pins == (TextSelector("the mixture of experts", 15), TextSelector("and what it means", 16))
    assert found.hides == (TextSelector("a passing word", 17),)
    assert found.redirect_from == (("moe", 19),)


def test_the_body_is_kept_with_its_line() -> None:
    found = topic_file.read(FILE, "topics/moe.md", "moe")
    assert found.body == FILE.partition("---\n\nA")[2].join(["\nA", ""])
    assert FILE.split("\n")[found.body_line - 1 :] == found.body.split("\n")


def test_what_is_named_knows_its_line() -> None:
    found = topic_file.read(FILE, "topics/moe.md", "moe")
    lines = FILE.split("\n")
    assert [slug for slug, _ in found.lines] == ["gopher", "chinchilla", "transformer"]
    assert all(slug in lines[line - 1] for slug, line in found.lines)


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_windows_line_ends_are_read(ending: str) -> None:
    text = page("Evals", "One.\n\nTwo.")
    windows = text.replace("\n", ending)
    assert topic_file.read(windows, "evals.md", "evals") == topic_file.read(text, "evals.md", "evals")


def test_a_title_is_enough() -> None:
    found = topic_file.read("---\ntitle: Evals\n---", "evals.md", "evals")
    assert (found.title, found.body, found.kind, found.status) == ("Evals", "", "concept", "draft")
