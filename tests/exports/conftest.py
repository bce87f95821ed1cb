"""A small book with everything that exports must handle: dates, corrections, private passages, and hostile text."""

from collections.abc import Mapping

import pytest

from making import booked, exported, page, site
from talkbook.book.book import Book
from talkbook.pages.context import RenderContext

URL = "https://book.example/talks/"
TALK = (
    ">> Why do evals matter, </script> or do they?\n"
    ">> Evals are tests of models, and the reason that we need *good* evals is that without them nobody knows what a "
    "model of \U0001f600 can do.\n"
    ">> My door code is 4711 and evals guard it, said nobody in a talk about evals and models ever.\n"
    ">> Models <b>do</b> things that evals, as I said, hardly measure; a benchmark is an eval that everybody knows.\n"
)
SIDE = (
    "title: 'Talk & \"more\"'\nshow: The Show\ndate: 2024-02-29\nduration: '1:02:03'\nmedia: https://media.example/a.mp3\n"
    "speakers:\n  ann: {name: Ann <Lee>, role: host}\n  ben: {name: Ben}\n"
    "turns:\n  - ann: Why do\n  - ben: Evals are tests\n  - ann: My door\n  - ben: Models <b>\n"
    "private:\n  - {from: My door, to: '4711'}\n"
)
TOPICS = {
    "evals": page(
        "Evals",
        "Evals are tests of models. See [models](models.md) <script>alert(1)</script> and `a < b`.",
        aliases="[eval, evaluation]",
        hidden_labels="[benchmark]",
        related="[models, data]",
        summary='Tests & "scores" </script>.',
    ),
    "models": page("Models", "A model does things.", broader="[evals]", summary="What is tested."),
    "data": page("'Data: a\\b'", "What models learn from.", summary="Read by models."),
}


@pytest.fixture(scope="session")
def made() -> Book:
    return booked({"talk": TALK}, TOPICS, {"talk": SIDE})


@pytest.fixture(scope="session")
def context(made: Book) -> RenderContext:
    return site(made, name="The Book", description="About talks.", url=URL, cards=True)  # type: ignore[arg-type]


@pytest.fixture(scope="session")
def files(context: RenderContext) -> Mapping[str, str | bytes]:
    return exported(context)
