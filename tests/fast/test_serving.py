"""What `mkdocs serve` makes after an edit is what a clean build makes of the same files."""

import random
import shutil
import tempfile
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mkdocs.commands import build as building_once
from mkdocs.config import load_config
from mkdocs.livereload import LiveReloadServer

import building
from talkbook.book import parallel
from talkbook.book.pipeline import Processed, ReadingContext, TranscriptInput
from talkbook.permalinks import addresses
from talkbook.plugin import live_server
from talkbook.plugin.incremental import Standing
from talkbook.plugin.render.reuse import Reuse
from talkbook.plugin.transcript_cache import Memory
from talkbook.sources import content_folder, ledger
from talkbook.sources.lexicon import Lexicon, LexiconEntry
from talkbook.sources.source import Source

Edit = tuple[str, int]
EDITS = (
    "word",
    "title",
    "lexicon",
    "summary",
    "new topic",
    "lost topic",
    "new talk",
    "lost talk",
    "template",
    "any template",
    "own template",
    "people",
    "sidecar",
    "by hand",
    "doubt",
    "mistake",
)


class Served:
    """A project as `mkdocs serve` builds it, again and again with the same plugin object."""

    def __init__(self, folder: Path, project: Path | None = None) -> None:
        self.project = project or building.copied("garden", folder)
        self.site = folder / "served" / "site"
        self.site.mkdir(parents=True)
        self.config = load_config(str(self.project / "mkdocs.yml"), site_dir=str(self.site))
        self.config.plugins.on_startup(command="serve", dirty=False)
        self.plugin = self.config.plugins["talkbook"]
        self._build()
        server = LiveReloadServer(self._build, "127.0.0.1", 0, str(self.site))
        for path in (self.config.docs_dir, self.config.config_file_path):
            server.watch(path)  # as `mkdocs serve` does
        self.plugin.on_serve(server, config=self.config, builder=self._build)
        self.server = server
        self.whole = 0  # builds that MkDocs did

    def build(self) -> None:
        """Build as after a change, and again while the server is asked to."""
        self.server._want_rebuild = True
        while self.server._want_rebuild:
            self.server._want_rebuild = False
            self.server.builder()
            self.plugin.after.wait()
        self.plugin.later.wait()

    def _build(self) -> None:
        self.whole = getattr(self, "whole", 0) + 1
        config = load_config(str(self.project / "mkdocs.yml"), site_dir=str(self.site))
        building_once.build(config)

    def files(self) -> dict[str, bytes]:
        return building.contents(self.site)

    def clean(self) -> dict[str, bytes]:
        """The files of a clean build of the same project."""
        with tempfile.TemporaryDirectory() as folder:
            config = load_config(str(self.project / "mkdocs.yml"), site_dir=folder)
            config.plugins["talkbook"].serving = False
            config.plugins["talkbook"].kept = None
            building_once.build(config)
            return building.contents(Path(folder))

    def edit(self, kind: str, number: int) -> None:
        content = self.project / "content"
        topics = sorted((content / "topics").glob("*.md"))
        talks = sorted(path for path in (content / "transcripts").iterdir() if path.suffix != ".yml")
        topic, talk = topics[number % len(topics)], talks[number % len(talks)]
        if kind == "word":
            _change(talk, lambda text: text.replace(" the ", f" the {random.Random(number).choice(WORDS)} ", 1))
        elif kind == "title":
            _change(topic, lambda text: text.replace("title: ", f"title: {WORDS[number % len(WORDS)]} ", 1))
        elif kind == "lexicon":
            _change(content / "lexicon.yml", lambda text: f"{text}\n# {number}\n")
        elif kind == "summary":
            _change(topic, lambda text: f"{text.rstrip()} More on {WORDS[number % len(WORDS)]}, and on soil.\n")
        elif kind == "new topic":
            text = f"---\ntitle: {WORDS[number % len(WORDS)]}\n---\n\nWords about soil.\n"
            (content / "topics" / f"new-{number % 3}.md").write_text(text, "utf-8")
        elif kind == "lost topic" and topic.stem.startswith("new-"):
            topic.unlink()
        elif kind == "new talk":
            (content / "transcripts" / f"new-{number % 3}.txt").write_text(
                ">> What is soil?\n>> Soil is dark.\n", "utf-8"
            )
        elif kind == "lost talk" and talk.stem.startswith("new-"):
            talk.unlink()
        elif kind == "template":
            (self.project / "templates/pages").mkdir(parents=True, exist_ok=True)
            page = '<h1 id="top">{{ card.place }} ' + str(number) + '</h1>{{ card.paragraphs | join }}<p id="cite"></p>'
            (self.project / "templates/pages/quote.html").write_text(page, "utf-8")
        elif kind == "any template":
            shipped = sorted(path for path in (content_folder.templates() / "pages").iterdir())[number % 12]
            text = shipped.read_text("utf-8") + ("<i>ours</i>" if shipped.name != "macros.html" else "")
            own = self.project / "templates/pages" / shipped.name
            own.parent.mkdir(parents=True, exist_ok=True)
            own.write_text(text.replace("<p", f"<p data-number={number}", 1), "utf-8")
        elif kind == "own template":
            for path in list((self.project / "templates/pages").glob("*.html"))[: number % 3]:
                path.unlink()
        elif kind == "sidecar":
            text = f"title: Title {number}\ndate: 2020-01-{number % 28 + 1:02}\n"
            (content / "transcripts" / f"{talk.stem}.yml").write_text(text, "utf-8")
        elif kind == "by hand":
            _change(content / "pages/made.md", lambda text: f"{text}\nMore {number}.\n")
        elif kind == "doubt":
            _change(content / "people.yml", lambda text: f"{text}\nNobody {number}: {{}}\n")
        elif kind == "mistake":
            wrong = content / "topics/wrong.md"
            if wrong.exists():
                wrong.unlink()
            else:
                wrong.write_text("---\ntitle: Wrong\nalias: [bad]\n---\n\nGone.\n", "utf-8")
        elif kind == "people":
            _change(content / "people.yml", lambda text: f"{text}\n# {number}\n")


WORDS = ("compost", "Rain", "earthworms", "light", "Clay")


def _change(path: Path, how) -> None:  # type: ignore[no-untyped-def]
    path.write_text(how(path.read_text("utf-8")), "utf-8")


@pytest.fixture(autouse=True)
def still(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1500000000")
    monkeypatch.setattr("talkbook.plugin.file_events.listen", lambda server: None)  # nothing is to be heard of


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    made = Served(tmp_path)
    yield made
    made.server.server_close()


def same(one: dict[str, bytes], other: dict[str, bytes]) -> None:
    """The same site, but for pictures, which are not drawn while somebody edits."""
    one, other = ({name: data for name, data in each.items() if not name.startswith("cards/")} for each in (one, other))
    assert one.keys() == other.keys()
    assert [name for name in one if one[name] != other[name]] == []


@settings(max_examples=2)
@given(st.lists(st.tuples(st.sampled_from(EDITS), st.integers(0, 20)), min_size=1, max_size=4))
def test_after_any_edits_the_served_site_is_that_of_a_clean_build(edits: list[Edit]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        served = Served(Path(folder))
        served.server.server_close()
        for kind, number in edits:
            served.edit(kind, number)
            served.build()
        if all(problem.warning for problem in served.plugin.problems):
            same(served.files(), served.clean())


def test_a_whole_build_takes_over_the_pages_that_are_the_same(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    taken: list[bool] = []
    before = Reuse.take

    def take(self, page):  # type: ignore[no-untyped-def]
        written = before(self, page)
        taken.append(written is not None)
        return written

    monkeypatch.setattr(Reuse, "take", take)
    for changed in (False, True):
        taken.clear()
        served.plugin.standing = None
        if changed:
            served.edit("template", 0)
        served.build()
        assert any(taken)
        assert all(taken) != changed
    same(served.files(), served.clean())


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The pages that are written again."""
    seen: list[str] = []
    before = Standing.write

    def write(self, uri):  # type: ignore[no-untyped-def]
        seen.append(uri)
        before(self, uri)

    monkeypatch.setattr(Standing, "write", write)
    return seen


def test_an_edit_makes_only_the_pages_that_show_it(served: Served, written: list[str]) -> None:
    served.build()
    assert {*written} <= {"index.md", "made.md"}  # which are compared each time
    _change(served.project / "content/topics/worms.md", lambda text: f"{text.rstrip()} That is all.\n")
    served.build()
    assert "topics/worms.md" in written
    assert len({*written}) < len(served.plugin.standing.made.uris)
    same(served.files(), served.clean())


@pytest.mark.parametrize("kind", ["word", "summary", "people", "lexicon", "template", "doubt", "by hand"])
def test_an_edit_of_a_source_needs_no_whole_build(served: Served, kind: str) -> None:
    before = served.whole
    served.edit(kind, 0)
    served.build()
    assert served.whole == before
    same(served.files(), served.clean())


@pytest.mark.parametrize(
    ("added", "whole"),
    [
        ("See [soil](topics/soil.md) and [the data](quotes.json).", 0),
        ("See [it above](#how-this-was-made).", 0),
        ("See [nothing](nowhere.md).", 1),
        ("See [a place](topics/soil.md#top).", 1),
    ],
)
def test_a_page_by_hand_is_read_again_unless_more_depends_on_it(served: Served, added: str, whole: int) -> None:
    before = served.whole
    page = served.project / "content/pages/made.md"
    _change(page, lambda text: f"{text}\n{added}\n")
    served.build()
    assert served.whole == before + whole
    same(served.files(), served.clean())


def test_a_page_by_hand_with_another_front_matter_takes_a_whole_build(served: Served) -> None:
    before = served.whole
    _change(served.project / "content/pages/made.md", lambda text: text.replace("---", "---\ndescription: New.", 1))
    served.build()
    (served.project / "content/pages/more.md").write_text("# More\n", "utf-8")
    served.build()
    (served.project / "content/pages/more.md").unlink()
    served.build()
    assert served.whole == before + 3
    same(served.files(), served.clean())


def got(server: LiveReloadServer, path: str) -> str:
    """What the server gives."""
    answer = server.get_app()({"PATH_INFO": path}, lambda *_: None)
    text = b"".join(answer).decode()
    getattr(answer, "close", list)()
    return text


def test_a_page_that_is_asked_for_is_written_before_it_is_given(
    served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(served.plugin.after, "start", lambda work: None)  # nothing is done behind
        for number, path in enumerate(("/topics/worms/", "/topics/worms.md", "/quotes/", "/topics/soil/")):
            served.edit("any template", 8)  # that of topics
            topic = served.project / "content/topics/worms.md"
            _change(topic, lambda text, number=number: f"{text.rstrip()} Saying {number}.\n")  # type: ignore[misc]
            served.server.builder()
            before = len(served.plugin.standing.stale)
            text = got(served.server, path)
            written = before - len(served.plugin.standing.stale)
            assert (f"Saying {number}." in text) == ("worms" in path)
            assert written == (path != "/quotes/")
    assert served.plugin.standing.stale
    served.build()
    same(served.files(), served.clean())


def test_a_page_is_given_anew_where_a_build_began_as_it_was_given(served: Served) -> None:
    server, asked = served.server, []

    def write(path: str) -> None:
        asked.append(path)
        if len(asked) == 1:
            server._wanted_epoch = server._visible_epoch = server._visible_epoch + 1

    server.serve_request = LiveReloadServer.serve_request.__get__(server)
    live_server.give(server, write, lambda page: page)
    assert "<html" in got(server, "/topics/worms/")
    assert asked == ["topics/worms/index.html"] * 2


def test_what_a_page_fails_with_behind_a_build_is_said_by_a_whole_one(served: Served) -> None:
    (served.project / "templates/pages").mkdir(parents=True)
    (served.project / "templates/pages/topic.html").write_text("\n{{ topic.nothing.at_all }}", "utf-8")
    served.build()
    assert served.whole == 1
    assert "topic.html:2" in got(served.server, "/")
    served.edit("any template", 8)
    served.build()
    same(served.files(), served.clean())


def test_a_mistake_is_said_on_every_page_and_changes_none(served: Served) -> None:
    before, whole = served.files(), served.whole
    served.edit("mistake", 0)
    served.build()
    for path in ("/", "/topics/worms/", "/made/"):
        assert "topics/wrong.md:3: Unknown key" in got(served.server, path)
    same(served.files(), before)
    served.edit("mistake", 0)
    served.build()
    assert "tb-problems" not in got(served.server, "/")
    same(served.files(), served.clean())
    assert served.whole == whole


def test_only_the_transcript_that_changed_is_read_again(served: Served) -> None:
    served.edit("word", 0)
    served.build()
    assert served.plugin.editing.memory.done == 1


def test_a_build_that_fails_leaves_the_last_good_site_and_says_why(served: Served) -> None:
    before = served.files()
    (served.project / "templates/pages").mkdir(parents=True)
    template = served.project / "templates/pages/quote.html"
    template.write_text("{% if %}", "utf-8")
    for _ in range(2):
        served.build()
        page = got(served.server, "/")
        assert page.count('class="tb-problems"') == 1
        assert "quote.html:1" in page
        same(served.files(), before)
    template.unlink()
    served.build()
    same(served.files(), before)


def test_a_quote_that_goes_and_comes_back_has_its_page_again(served: Served) -> None:
    book = served.plugin.build.context.book
    content = served.project / "content"
    (content / "permalinks.txt").write_text(ledger.write(addresses.lines(book)), "utf-8")
    served.build()
    quote = next(each for each in book.quotes if each.transcript == "soil")
    page = served.site / f"quotes/{quote.id}/index.html"
    words = book.transcript["soil"].source[quote.start : quote.end]
    talk = content / "transcripts/soil.txt"
    before, first = talk.read_text("utf-8"), page.read_bytes()
    assert "soil is alive" in words
    for text in (before.replace("soil is alive", "soil was never dead"), before):
        talk.write_text(text, "utf-8")
        served.build()
        assert (page.exists() and page.read_bytes() == first) == (text == before)
    assert not served.plugin.problems
    same(served.files(), served.clean())


@pytest.mark.parametrize("kind", ["summary", "title", "lexicon"])
def test_what_takes_long_to_hear_is_shown_as_it_was_until_it_is_heard(
    served: Served, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("talkbook.plugin.transcript_cache._AT_ONCE", 0)
    asked = threading.Event()
    served.plugin.editing.memory.ready = asked.set
    if kind == "lexicon":
        lexicon = "corrections:\n  - {heard: soil, means: loam}\n"
        (served.project / "content/lexicon.yml").write_text(lexicon, "utf-8")
    else:
        served.edit(kind, 1)
    served.build()
    assert served.plugin.editing.memory.done == 0
    assert served.plugin.editing.memory.behind
    assert asked.wait(30)
    served.build()
    assert not served.plugin.editing.memory.behind
    same(served.files(), served.clean())


def heard(memory: Memory, common: ReadingContext, *names: str) -> int:
    """How many of the transcripts with these names it took work to hear."""
    works = [TranscriptInput(Source(f"{name}.txt", name, f">> I like {name}.\n".encode())) for name in names]
    slugs = [each.transcript.slug for each in memory.each(works, common) if each.transcript]
    assert slugs == [*names]
    return memory.done


def test_what_a_round_did_not_ask_for_is_forgotten() -> None:
    memory, common = Memory(), ReadingContext()
    assert heard(memory, common, "ants", "bees") == 2
    assert heard(memory, common, "bees", "cats") == 1
    assert heard(memory, common, "ants") == 1


def test_what_is_heard_behind_goes_on_after_an_edit_and_is_given_all_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("talkbook.plugin.transcript_cache._AT_ONCE", 0)
    half, go_on, ready = threading.Event(), threading.Event(), threading.Event()
    rounds: list[int] = []
    every = parallel.process_all

    def slowly(
        works: Sequence[TranscriptInput], common: ReadingContext, *_: object, behind: bool = False
    ) -> Iterator[Processed]:
        for each in every(works, common):
            yield each
            half.set()  # when it has been taken
            go_on.wait(30)
        if behind:
            rounds.append(len(works))

    works = [TranscriptInput(Source(f"{name}.txt", name, f">> I like {name}.\n".encode())) for name in ("ants", "bees")]
    memory = Memory(ready.set)

    def shown(common: ReadingContext) -> list[str]:
        return [str(each.transcript and each.transcript.edits) for each in memory.each(works, common)]

    before = shown(ReadingContext())
    monkeypatch.setattr("talkbook.book.parallel.process_all", slowly)
    love = ReadingContext(Lexicon(entries=(LexiconEntry("like", "love", line=2),)))
    assert shown(love) == before
    assert half.wait(30)
    assert shown(love) == before
    go_on.set()
    assert ready.wait(30)
    after = shown(love)
    assert all("love" in each for each in after)
    assert (rounds, memory.done, memory.behind) == ([1], 0, False)


def test_a_correction_concerns_the_transcripts_that_say_the_word() -> None:
    memory = Memory()
    assert heard(memory, ReadingContext(), "ants", "bees") == 2
    other = ReadingContext(Lexicon(entries=(LexiconEntry("bees", "wasps", line=2),)))
    assert heard(memory, other, "ants", "bees") == 1
    moved = ReadingContext(Lexicon(entries=(LexiconEntry("bees", "wasps", line=3),)))
    assert heard(memory, moved, "ants", "bees") == 0


def test_no_old_site_is_left_behind(served: Served) -> None:
    served.build()
    for thread in threading.enumerate():
        if thread is not threading.current_thread() and thread.daemon:
            thread.join(5)
    shutil.rmtree(live_server.aside(served.site), ignore_errors=True)
    assert [path.name for path in served.site.parent.iterdir()] == ["site"]
