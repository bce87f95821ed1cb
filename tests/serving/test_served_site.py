"""After any edits, `mkdocs serve` sends what a clean build of the same files would contain, byte for byte."""

import random
import threading
from pathlib import Path

import pytest
from served import EDITS, Served, change, same

import building

EXAMPLES = 26  # random edits, after each of which the whole sites are compared


class Readers:
    """Two threads that ask for pages of a served site again and again."""

    def __init__(self, served: Served) -> None:
        self.asked = 0
        self._served = served
        self._done = threading.Event()
        self._errors: list[BaseException] = []
        self._threads = [threading.Thread(target=self._read, args=(seed,)) for seed in (1, 2)]

    def __enter__(self) -> "Readers":
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        for thread in self._threads:
            thread.join()
        assert not self._errors

    def _read(self, seed: int) -> None:
        chance = random.Random(seed)
        try:
            while not self._done.wait(0.01):  # without a pause, they would slow down the server
                live = self._served.plugin.served.live
                assert live is not None
                self._served.plugin.served.find(chance.choice([*live.files]))
                self.asked += 1
        except BaseException as error:
            self._errors.append(error)


def test_after_random_edits_the_served_site_equals_a_clean_build(served: Served) -> None:
    chance = random.Random(20_261_129)
    kinds = [*EDITS, *chance.choices([*EDITS], k=EXAMPLES - len(EDITS))]
    chance.shuffle(kinds)
    with Readers(served) as readers:
        for kind in kinds:
            served.edit(kind, chance.randrange(1000))
            served.build()
            same(served.files(), served.clean())
            assert not [problem for problem in served.plugin.served.problems if not problem.warning], kind
    assert readers.asked > EXAMPLES


@pytest.mark.parametrize(
    "kind", ["word", "title", "explanation", "lexicon", "new talk", "new topic", "template", "people", "by hand"]
)
def test_an_edit_of_a_source_needs_no_build_by_mkdocs(served: Served, kind: str) -> None:
    before = served.whole
    served.edit(kind, 1)
    served.build()
    assert served.whole == before
    same(served.files(), served.clean())


@pytest.mark.parametrize(
    ("added", "whole"),
    [
        ("See [soil](topics/soil.md) and [the data](quotes.json).", 0),
        ("See [it above](#how-this-was-made).", 0),
        ("See [a place](topics/soil.md#quotes).", 1),  # MkDocs checks whether it exists
    ],
)
def test_an_edited_handwritten_page_is_made_again(served: Served, added: str, whole: int) -> None:
    before = served.whole
    change(served.project / "content/pages/made.md", lambda text: f"{text}\n{added}\n")
    served.build()
    assert served.whole == before + whole
    same(served.files(), served.clean())


def test_an_edited_explanation_causes_no_transcript_to_be_processed(served: Served) -> None:
    topic = served.project / "content/topics/worms.md"
    change(topic, lambda text: f"{text.rstrip()} More on [soil](soil.md).\n")
    served.server.builder()
    assert served.plugin.served.editing.memory.done == 0
    assert not served.plugin.served.editing.memory.behind
    assert "More on" in served.got("/topics/worms/")
    same(served.files(), served.clean())


def test_only_requested_pages_are_made(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []
    page = "talkbook.pages.routes._page"
    before = pytest.importorskip("talkbook.pages.routes")._page

    def noted(context: object, uri: str) -> object:
        made.append(uri)
        return before(context, uri)

    monkeypatch.setattr(page, noted)
    served.edit("explanation", 2)
    served.build()
    assert made == []
    for _ in range(2):
        assert "<html" in served.got("/topics/worms/")
    assert made == ["topics/worms"]
    made.clear()
    served.edit("explanation", 2)
    served.build()
    assert served.plugin.served.find("search/index.bin")
    assert made == []  # what search finds needs no page


def test_a_file_requested_while_the_book_changes_comes_from_the_new_book(served: Served) -> None:
    plugin = served.plugin
    old = plugin.served.live
    assert old is not None
    served.edit("explanation", 2)
    served.build()
    new, plugin.served.live = plugin.served.live, old

    class Slow:
        def get(self, path: str) -> bytes | None:
            plugin.served.live = new
            return b"old"

    plugin.served.live = Slow()  # type: ignore[assignment]
    assert plugin.served.find("topics/worms/index.html") != b"old"


def test_no_path_leads_out_of_the_site(served: Served) -> None:
    (served.site / "secret.txt").write_text("secret")
    for path in ("/../secret.txt", "/topics/../../secret.txt", "//secret.txt"):
        assert "secret" not in served.got(path)
    assert served.plugin.served.find("../secret.txt") is None


def test_addresses_without_a_slash_redirect_and_unknown_ones_are_not_found(served: Served) -> None:
    given: list[tuple[str, list[tuple[str, str]]]] = []
    app = served.server.get_app()

    def ask(path: str) -> bytes:
        return b"".join(app({"PATH_INFO": path}, lambda *said: given.append(said)))  # type: ignore[misc, arg-type]

    mount = served.server.mount_path
    assert ask(f"{mount}topics/worms") == b""
    assert given.pop() == ("302 Found", [("Location", f"{mount}topics/worms/")])
    for nothing in ("nothing/", "\0", "topics/\0/"):
        assert b"<html" in ask(f"{mount}{nothing}")
        assert given.pop()[0] == "404 Not Found"
    assert ask(f"{mount}quotes.json").startswith(b"[")
    assert given.pop()[0] == "200 OK"


def test_the_served_search_index_is_that_of_the_current_book(served: Served) -> None:
    served.edit("new talk", 1)
    served.build()
    assert served.whole == 1
    found, clean = served.files(), served.clean()
    assert "search/index.bin" in found
    same(
        {path: found[path] for path in found if path.startswith("search/")},
        {path: clean[path] for path in clean if path.startswith("search/")},
    )


def test_with_other_plugins_mkdocs_builds_and_the_site_is_the_same(tmp_path: Path) -> None:
    project = building.copied("garden", tmp_path)
    (project / "hook.py").write_text(
        "def on_post_page(output, page, config):\n    return output.replace('soil', page.url)\n", "utf-8"
    )
    change(project / "mkdocs.yml", lambda text: f"{text}hooks: [hook.py]\n")
    served = Served(tmp_path, project)
    before = served.whole
    served.edit("explanation", 2)
    served.build()
    assert served.whole == before + 1
    same(served.files(), served.clean())
    served.close()
