"""Pages written the fast way are the pages that MkDocs and Material write, byte for byte."""

import logging
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

import building
from talkbook.plugin.render.shapes import Shapes

Told = Callable[[], list[str]]


@pytest.fixture
def told(caplog: pytest.LogCaptureFixture) -> Told:
    """What was said about pages that could not be spliced."""
    caplog.set_level(logging.INFO, "mkdocs.plugins.talkbook")
    return lambda: [text for text in caplog.messages if "one by one" in text]


@pytest.fixture(autouse=True)
def still(monkeypatch: pytest.MonkeyPatch) -> None:
    """A theme may print the time of the build."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1500000000")


@pytest.fixture
def spliced(monkeypatch: pytest.MonkeyPatch) -> list[Shapes]:
    """The shapes of every build, with their counts."""
    made: list[Shapes] = []
    before = Shapes.__init__

    def keep(self: Shapes, *given: Any, **named: Any) -> None:
        before(self, *given, **named)
        made.append(self)

    monkeypatch.setattr(Shapes, "__init__", keep)
    return made


def project(folder: Path, files: Mapping[str, str] = {}, **settings: Any) -> Path:
    """A copy of the garden with more topics, so that there are more pages than proofs."""
    made = building.copied("garden", folder)
    for at in range(6):
        title = ("Roses & <thorns>", 'The "big" hedge', "Édité", "50% {shade}", "A very long name " * 9, "Editing")[at]
        text = f"---\ntitle: {title!r}\nsummary: 'It is <b>{at}</b> & \"more\".'\n---\n\nWords about it, and soil.\n"
        (made / f"content/topics/extra-{at}.md").write_text(text, "utf-8")
    for name, text in files.items():
        (made / name).parent.mkdir(parents=True, exist_ok=True)
        (made / name).write_text(text, "utf-8")
    config = yaml.safe_load((made / "mkdocs.yml").read_text("utf-8"))
    config["theme"] |= settings.pop("theme", {})
    (made / "mkdocs.yml").write_text(yaml.safe_dump(config | settings, allow_unicode=True), "utf-8")
    return made


def site(made: Path, where: Path, *, fast: bool) -> dict[str, bytes]:
    """The files of the site."""
    config = made / "mkdocs.yml"
    options = yaml.safe_load(config.read_text("utf-8"))
    ours = {"talkbook": {"fast": fast}}
    options["plugins"] = [ours if "talkbook" in each else each for each in options["plugins"]]
    config.write_text(yaml.safe_dump(options, allow_unicode=True), "utf-8")
    shutil.rmtree(where, ignore_errors=True)
    building.build(made, where)
    return building.contents(where)


def same(made: Path, folder: Path) -> None:
    """Both ways give the same site."""
    fast, slow = (site(made, folder / "site", fast=way) for way in (True, False))
    assert fast.keys() == slow.keys()
    assert [name for name in fast if fast[name] != slow[name]] == []


FEATURES = ["navigation.tabs", "navigation.top", "navigation.footer", "navigation.indexes", "navigation.path"]
SETTINGS: dict[str, dict[str, Any]] = {
    "as it is": {},
    "tabs and more": {"theme": {"features": [*FEATURES, "content.action.edit"], "palette": {"scheme": "slate"}}},
    "contents in the navigation": {"theme": {"features": ["toc.integrate", "navigation.sections"]}},
    "another language": {"theme": {"language": "de"}},
    "right to left": {"theme": {"language": "ar", "direction": "rtl"}},
    "no folders": {"use_directory_urls": False},
    "no address": {"site_url": ""},
    "an address to edit at": {
        "edit_uri": "edit/main/blob/content/pages/",
        "theme": {"features": ["content.action.view"]},
    },
    "feedback": {
        "extra": {
            "analytics": {
                "provider": "google",
                "property": "none",
                "feedback": {
                    "title": "Good?",
                    "ratings": [
                        {"icon": "material/thumb-up-outline", "name": "Yes", "data": 1, "note": "{title} {url}"}
                    ],
                },
            }
        }
    },
    "leaves in the navigation": {"nav": [{"Home": "index.md"}, {"Soil": "topics/soil.md"}, "people/index.md"]},
    "another theme": {"theme": {"name": "mkdocs"}},
}


@pytest.mark.parametrize("name", SETTINGS)
def test_both_ways_give_the_same_site(tmp_path: Path, name: str) -> None:
    same(project(tmp_path, **SETTINGS[name]), tmp_path)


def test_most_pages_are_spliced(tmp_path: Path, spliced: list[Shapes], told: Told) -> None:
    site(project(tmp_path), tmp_path / "site", fast=True)
    assert told() == []
    assert spliced[-1].fast > 5


def titled(template: str) -> str:
    """An override of main.html that puts something in the place of the page's title."""
    return f"{{% extends 'base.html' %}}{{% block htmltitle %}}{template}{{% endblock %}}"


OVERRIDES = {
    "a block": titled("<title>{{ page.meta.title if page }}!</title>"),
    "an escaped title": titled("<title>{{ page.title | e }}</title>"),
    "a length": titled("{{ page.title | length }}"),
    "capitals": titled("{{ page.title | upper }}"),
    "a short title": titled("{{ page.title | truncate(9) }}"),
    "a replaced word": titled("{{ page.title.replace('e', '') if page }}"),
    "one page": titled("{{ 'x' if page.title == 'Soil' }}"),
    "one address": titled("{{ page.url == 'topics/soil/' }}"),
    "another's address": titled("{{ 'topics/soil/' | url }}"),
    "contents": titled(
        "{% for each in page.toc %}{{ each.title }}{% if not loop.last %}, {% endif %}{% endfor %}"
        "{{ page.toc | length }}"
    ),
    "contents in reverse": titled("{% for each in page.toc | reverse %}{{ each.id }}{% endfor %}"),
    "numbered contents": titled("{% for each in page.toc %}{{ loop.index }}{{ each.title }}{% endfor %}"),
    "all pages": titled("{% for each in pages %}{{ each.page.title }}{% endfor %}"),
    "a filtered block": "{% extends 'base.html' %}{% block content %}{{ super() | replace('e', 'E') }}{% endblock %}",
    "a loop over letters": titled("{% for each in page.title %}{{ each }}.{% endfor %}"),
    "a word in the content": titled("{{ 'worms' in page.content }}"),
    "a title in the content": titled("{{ page.title in page.content }}"),
}


@pytest.mark.parametrize("name", OVERRIDES)
def test_an_override_that_looks_closely_is_obeyed_on_every_page(tmp_path: Path, name: str) -> None:
    made = project(tmp_path, {"overrides/main.html": OVERRIDES[name]}, theme={"custom_dir": "overrides"})
    same(made, tmp_path)


def test_an_overridden_partial_is_obeyed(tmp_path: Path, spliced: list[Shapes]) -> None:
    partial = "<h6>{{ page.meta.title }}</h6>{{ page.content }}<p>{{ page.edit_url }} {{ page.canonical_url }}</p>"
    made = project(tmp_path, {"overrides/partials/content.html": partial}, theme={"custom_dir": "overrides"})
    same(made, tmp_path)
    assert spliced[0].fast > 5


HOOKS = {
    "on_page_context": "def on_page_context(context, page, config, nav):\n    context['x'] = 1\n",
    "on_post_page": "def on_post_page(output, page, config):\n    return output.replace('soil', page.url)\n",
    "on_page_content": "def on_page_content(html, page, config, files):\n    return html + page.url\n",
}


@pytest.mark.parametrize("event", HOOKS)
def test_where_somebody_else_wants_every_page_the_slow_way_is_taken_and_said_once(
    tmp_path: Path, told: Told, event: str
) -> None:
    made = project(tmp_path, {"hook.py": HOOKS[event]}, hooks=["hook.py"])
    same(made, tmp_path)
    assert len(told()) == 1
    assert event in told()[0]


def test_a_theme_that_can_not_be_spliced_is_said_once(tmp_path: Path, told: Told) -> None:
    override = {"overrides/main.html": OVERRIDES["an escaped title"]}
    site(project(tmp_path, override, theme={"custom_dir": "overrides"}), tmp_path / "site", fast=True)
    assert len(told()) == 1
