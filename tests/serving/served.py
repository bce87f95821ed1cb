"""A project served as by `mkdocs serve`, but in this process: edits of it, and what the server sends after them."""

import random
import tempfile
from collections.abc import Callable
from pathlib import Path

from mkdocs.commands import build as building_once
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.livereload import LiveReloadServer

import building
from talkbook.plugin.plugin import TalkbookPlugin

WORDS = ("compost", "Rain", "earthworms", "light", "Clay")


class Served:
    """A served project, with the same plugin object from build to build."""

    def __init__(self, folder: Path, project: Path | None = None) -> None:
        self.project = project or building.copied("garden", folder)
        self.site = folder / "served"
        self.site.mkdir(parents=True, exist_ok=True)
        MkDocsConfig.plugins.plugin_cache.clear()  # type: ignore[attr-defined]
        config = load_config(str(self.project / "mkdocs.yml"), site_dir=str(self.site))
        config.plugins.on_startup(command="serve", dirty=False)
        self.plugin: TalkbookPlugin = config.plugins["talkbook"]  # type: ignore[assignment]
        building_once.build(config)
        self.server = LiveReloadServer(self._build, "127.0.0.1", 0, str(self.site))
        for path in (config.docs_dir, str(config.config_file_path)):
            self.server.watch(path)  # as `mkdocs serve` does
        self.plugin.on_serve(self.server, config=config, builder=self._build)

    def _build(self) -> None:
        building_once.build(load_config(str(self.project / "mkdocs.yml"), site_dir=str(self.site)))

    @property
    def whole(self) -> int:
        """How often MkDocs has built the site."""
        return self.plugin.builds

    def build(self) -> None:
        """Build as after a change, and again as long as the server is asked to."""
        self.server._want_rebuild = True
        while self.server._want_rebuild:
            self.server._want_rebuild = False
            self.server.builder()
            self.plugin.served.editing.memory.wait()

    def files(self) -> dict[str, bytes]:
        """Return path -> content of all files that are served, without what the server adds for reloading."""
        live = self.plugin.served.live
        assert live is not None
        return {path: live.get(path) or b"" for path in live.paths()}

    def clean(self) -> dict[str, bytes]:
        """Return path -> content of the files of a clean build of the project."""
        with tempfile.TemporaryDirectory() as folder:
            return built(self.project, Path(folder))

    def got(self, path: str) -> str:
        """Return what the server sends at an address."""
        answer = self.server.get_app()({"PATH_INFO": path}, lambda *_: None)  # type: ignore[misc]
        return b"".join(answer).decode("utf-8", "replace")

    def close(self) -> None:
        self.server.server_close()
        self.plugin.on_shutdown()

    def edit(self, kind: str, number: int) -> None:
        EDITS[kind](self.project, number)


def built(project: Path, folder: Path) -> dict[str, bytes]:
    """Return the files of a clean build. It has its own plugins, although MkDocs keeps those of a server."""
    kept: dict[str, object] = MkDocsConfig.plugins.plugin_cache  # type: ignore[attr-defined]
    serving = dict(kept)
    kept.clear()
    try:
        config = load_config(str(project / "mkdocs.yml"), site_dir=str(folder))
        config.plugins.on_startup(command="build", dirty=False)
        building_once.build(config)
    finally:
        kept.clear()
        kept.update(serving)
    return building.contents(folder)


def same(one: dict[str, bytes], other: dict[str, bytes]) -> None:
    assert one.keys() == other.keys()
    assert [name for name in one if one[name] != other[name]] == []


def change(path: Path, how: Callable[[str], str]) -> None:
    path.write_text(how(path.read_text("utf-8")), "utf-8")


def _topic(project: Path, number: int) -> Path:
    topics = sorted((project / "content/topics").glob("*.md"))
    return topics[number % len(topics)]


def _talk(project: Path, number: int) -> Path:
    talks = sorted(path for path in (project / "content/transcripts").iterdir() if path.suffix != ".yml")
    return talks[number % len(talks)]


def _word(project: Path, number: int) -> None:
    word = random.Random(number).choice(WORDS)
    talk = project / "content/transcripts" / ("sun.srt", "rain.vtt")[number % 2]  # nothing refers to words of these
    change(talk, lambda text: text.replace(" the ", f" the {word} ", 1))


def _title(project: Path, number: int) -> None:
    word = WORDS[number % len(WORDS)]
    change(_topic(project, number), lambda text: text.replace("title: ", f"title: {word} ", 1))


def _lexicon(project: Path, number: int) -> None:
    means = WORDS[number % len(WORDS)]
    entry = f"corrections:\n  - {{heard: soil, means: {means}, why: test}}\n"
    (project / "content/lexicon.yml").write_text(entry if number % 2 else "corrections: []\n", "utf-8")


def _explanation(project: Path, number: int) -> None:
    more = f"More on {WORDS[number % len(WORDS)]}, and on soil."
    change(_topic(project, number), lambda text: f"{text.rstrip()} {more}\n")


def _new_topic(project: Path, number: int) -> None:
    text = f"---\ntitle: {WORDS[number % len(WORDS)]}\n---\n\nWords about soil.\n"
    (project / "content/topics" / f"new-{number % 3}.md").write_text(text, "utf-8")


def _lost_topic(project: Path, number: int) -> None:
    (project / "content/topics" / f"new-{number % 3}.md").unlink(missing_ok=True)


def _new_talk(project: Path, number: int) -> None:
    text = f">> What is soil?\n>> Soil is dark, said {number}.\n"
    (project / "content/transcripts" / f"new-{number % 3}.txt").write_text(text, "utf-8")


def _lost_talk(project: Path, number: int) -> None:
    (project / "content/transcripts" / f"new-{number % 3}.txt").unlink(missing_ok=True)
    (project / "content/transcripts" / f"new-{number % 3}.yml").unlink(missing_ok=True)


def _template(project: Path, number: int) -> None:
    own = project / "templates/pages"
    own.mkdir(parents=True, exist_ok=True)
    shipped = Path(__file__).parents[2] / "templates/pages"
    name = ("topic", "transcript", "home", "topics", "person", "quote")[number % 6]
    if (own / f"{name}.html").exists():
        (own / f"{name}.html").unlink()
    elif (shipped / f"{name}.html").exists():
        text = (shipped / f"{name}.html").read_text("utf-8")
        (own / f"{name}.html").write_text(f"{text}<i>{number}</i>", "utf-8")


def _sidecar(project: Path, number: int) -> None:
    talk = _talk(project, number)
    if "new-" in talk.name or talk.stem == "sun":
        text = f"title: Title {number}\ndate: 2020-01-{number % 28 + 1:02}\n"
        talk.with_suffix(".yml").write_text(text, "utf-8")


def _people(project: Path, number: int) -> None:
    change(project / "content/people.yml", lambda text: f"{text}\n# {number}\n")


def _by_hand(project: Path, number: int) -> None:
    change(project / "content/pages/made.md", lambda text: f"{text}\nMore {number}, on [soil](topics/soil.md).\n")


def _description(project: Path, number: int) -> None:
    change(project / "content/pages/made.md", lambda text: text.replace("---", f"---\nnumber: {number}", 1))


def _new_page(project: Path, number: int) -> None:
    page = project / "content/pages/more.md"
    if page.exists():
        page.unlink()
    else:
        page.write_text(f"# More {number}\n\nSee [made](made.md) and [the data](quotes.json).\n", "utf-8")


EDITS: dict[str, Callable[[Path, int], None]] = {
    "word": _word,
    "title": _title,
    "lexicon": _lexicon,
    "explanation": _explanation,
    "new topic": _new_topic,
    "lost topic": _lost_topic,
    "new talk": _new_talk,
    "lost talk": _lost_talk,
    "template": _template,
    "sidecar": _sidecar,
    "people": _people,
    "by hand": _by_hand,
    "front matter": _description,
    "new page": _new_page,
}
