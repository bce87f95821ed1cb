"""While a site is served, every error is reported once, with its place; fixing it makes the site right again."""

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from served import Served, change, same

import building
from talkbook.book.pipeline import Processed
from talkbook.plugin import messages
from talkbook.problems import Problem

LOG = "mkdocs.plugins.talkbook"


def said(caplog: pytest.LogCaptureFixture, words: str) -> int:
    return sum(words in record.getMessage() and record.levelno >= logging.WARNING for record in caplog.records)


@pytest.mark.parametrize(
    ("broken", "words"),
    [
        ("{% if %}", "templates/pages/topic.html:1: The template is not valid"),
        ("\n\n{{ topic.nothing.at_all }}", "templates/pages/topic.html:3: The template failed"),
        ("\n{% include 'nowhere.html' %}", "topic.html:2: The template failed"),
        ("\n{{ 1 / 0 }}", "topic.html:2: The template failed: division by zero"),
    ],
)
def test_a_failing_template_is_reported_once_and_pages_look_as_before(
    served: Served, broken: str, words: str, caplog: pytest.LogCaptureFixture
) -> None:
    before = served.files()
    own = served.project / "templates/pages/topic.html"
    own.parent.mkdir(parents=True)
    own.write_text(broken, "utf-8")
    served.build()
    for _ in range(2):
        page = served.got("/topics/worms/")
        assert words.rpartition("/")[2] in page
        assert 'id="quotes"' in page  # as in the last valid template
    assert words.rpartition("/")[2] in served.got("/")  # it is shown on each page
    assert said(caplog, words.rpartition("/")[2]) == 1
    change(served.project / "content/topics/worms.md", lambda text: f"{text.rstrip()} Words of now.\n")
    served.build()
    assert "Words of now." in served.got("/topics/worms/")  # the current sources, all the same
    own.unlink()
    change(served.project / "content/topics/worms.md", lambda text: text.replace(" Words of now.", ""))
    served.build()
    assert "tb-problems" not in served.got("/topics/worms/")
    same(served.files(), before)


def test_an_error_in_a_source_is_shown_on_every_page_and_changes_nothing_else(served: Served) -> None:
    before, whole = served.files(), served.whole
    wrong = served.project / "content/topics/wrong.md"
    wrong.write_text("---\ntitle: Wrong\nalias: [bad]\n---\n\nGone.\n", "utf-8")
    served.build()
    for path in ("/", "/topics/worms/", "/made/"):
        assert "topics/wrong.md:3: Unknown key" in served.got(path)
    same(served.files(), before)
    wrong.unlink()
    served.build()
    assert "tb-problems" not in served.got("/")
    assert served.whole == whole
    same(served.files(), served.clean())


@pytest.mark.parametrize("broken", ["site_name: [\n", "theme: {name: nowhere}\n", "site_name: 1\nplugins: [nowhere]\n"])
def test_with_an_invalid_configuration_the_site_stays_and_follows_its_sources(
    served: Served, broken: str, caplog: pytest.LogCaptureFixture
) -> None:
    before = served.files()
    good = (served.project / "mkdocs.yml").read_text("utf-8")
    (served.project / "mkdocs.yml").write_text(broken, "utf-8")
    served.build()
    same(served.files(), before)
    assert "The site could not be built" in served.got("/")
    assert said(caplog, "The site could not be built") == 1
    change(served.project / "content/topics/worms.md", lambda text: f"{text.rstrip()} Words of now.\n")
    served.build()
    assert "Words of now." in served.got("/topics/worms/")
    (served.project / "mkdocs.yml").write_text(good, "utf-8")
    served.build()
    assert "tb-problems" not in served.got("/")
    same(served.files(), served.clean())


def test_a_page_that_is_not_utf8_is_reported_once_and_the_site_stays(
    served: Served, caplog: pytest.LogCaptureFixture
) -> None:
    page = served.project / "content/pages/made.md"
    good = page.read_bytes()
    page.write_bytes(good + b"\nCaf\xe9.\n")
    for _ in range(2):
        served.build()
        assert "content/pages/made.md:" in served.got("/")
        assert "This is not UTF-8 text. Save it as UTF-8." in served.got("/topics/worms/")
        assert "By hand." in served.got("/made/")
    assert said(caplog, "This is not UTF-8 text") == 2  # once for each build
    page.write_bytes(good)
    served.build()
    assert "tb-problems" not in served.got("/")
    same(served.files(), served.clean())


def test_a_failing_override_of_the_theme_leaves_the_site_unchanged(tmp_path: Path) -> None:
    project = building.copied("garden", tmp_path)
    override = project / "overrides/partials/content.html"
    override.parent.mkdir(parents=True)
    override.write_text("{{ page.content }}", "utf-8")
    change(project / "mkdocs.yml", lambda text: text.replace("  font: false", "  font: false\n  custom_dir: overrides"))
    served = Served(tmp_path, project)
    served.server.watch(str(project / "overrides"))
    served.build()
    before = served.files()
    override.write_text("\n{{ page.nothing.at_all }}", "utf-8")
    served.build()
    assert "content.html:2: The template failed" in served.got("/")
    same(served.files(), before)
    override.write_text("{{ page.content }}", "utf-8")
    served.build()
    same(served.files(), served.clean())
    served.close()


def test_a_file_that_cannot_be_made_is_reported_with_its_path(
    served: Served, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object) -> str:
        raise ValueError("no oranges")

    monkeypatch.setattr("talkbook.exports.llms.text", fail)
    served.edit("explanation", 2)
    served.build()
    assert "llms.txt: The site could not be built: no oranges." in served.got("/llms.txt")
    assert said(caplog, "no oranges") == 1
    assert "no oranges" in served.got("/")


@pytest.mark.parametrize("kind", ["title", "lexicon"])
def test_old_results_are_shown_while_many_transcripts_are_processed(
    served: Served, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("talkbook.plugin.transcript_cache._AT_ONCE", 0)
    served.edit(kind, 1)
    served.server.builder()
    assert served.plugin.served.editing.memory.done == 0
    assert served.plugin.served.editing.memory.behind
    served.plugin.served.editing.memory.wait()
    assert served.server._want_rebuild  # now that they are processed
    served.build()
    assert not served.plugin.served.editing.memory.behind
    same(served.files(), served.clean())


def test_a_failure_in_the_background_is_reported_and_the_next_edit_tries_again(
    served: Served, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("talkbook.plugin.transcript_cache._AT_ONCE", 0)
    (served.project / "content/lexicon.yml").write_text("corrections: [{heard: soil, means: loam, why: x}]\n", "utf-8")

    def fail(*_: object, **__: object) -> Iterator[Processed]:
        raise ValueError("no oranges")

    with monkeypatch.context() as patched:
        patched.setattr("talkbook.book.parallel.process_all", fail)
        served.build()
    assert "no oranges" in served.got("/")
    assert said(caplog, "no oranges") == 1
    served.build()
    assert "tb-problems" not in served.got("/")
    same(served.files(), served.clean())


def test_problems_are_escaped_on_pages() -> None:
    page = messages.on_page(b"<article>words</article>", [Problem("<script>.md", 1, "<script>", "<script>")])
    assert b"<li>" in page
    assert b"<script>" not in page


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (
            ValueError("bad\n thing"),
            "unknown file: The site could not be built: bad thing. Fix what it names, then save.",
        ),
        (KeyError(), "unknown file: The site could not be built: KeyError. Fix what it names, then save."),
    ],
)
def test_any_other_failure_is_explained(error: Exception, sentence: str) -> None:
    assert [*map(str, messages.explain(error))] == [sentence]


def test_next_steps_are_shown_on_served_pages_and_never_in_a_built_site(
    served: Served,
) -> None:
    topic = served.project / "content/topics/threads.md"
    topic.write_text("---\ntitle: Threads & <b>needles</b>\nstatus: proposed\n---\n", "utf-8")
    served.build()
    page = served.got("/topics/threads/")
    assert 'class="tb-steps"' in page
    assert "topics/threads.md and remove" in page
    assert "tb-steps" not in served.got("/topics/worms/")
    assert not any(b'tb-steps"' in data for data in served.files().values())
