"""Each command has help, agrees with the library, and ends with the right exit status."""

import datetime
import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result
from mkdocs.config import load_config

import building
from making import page
from talkbook.book import citation
from talkbook.book.cited import Article, Quotation
from talkbook.cli import project_folder
from talkbook.cli.main import main
from talkbook.plugin import settings
from talkbook.plugin.plugin import TalkbookPlugin
from talkbook.text import rich_text

SAID = """\
Ann: What do you make of looms, now that everybody wants to build one at home?
Ben: Looms are older than engines. The first looms wove plain cloth, and nobody thought of cards for a long time.
Ann: Is that so?
Ben: Engines came later, and they borrowed the cards from the looms, which is the part that I like most of all.
"""
CRAFT = page(
    "Handicraft", quotes='{pin: ["The first looms wove plain cloth, and nobody thought of cards for a long time."]}'
)


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "content" / "transcripts").mkdir(parents=True)
    (tmp_path / "content" / "topics").mkdir()
    (tmp_path / "content" / "transcripts" / "talk.txt").write_text(SAID)
    (tmp_path / "content" / "topics" / "craft.md").write_text(CRAFT)
    monkeypatch.chdir(tmp_path)
    return tmp_path


HOME = "https://example.org/book/"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = tmp_path / "site"
    folder.mkdir()
    topics = [
        {
            "slug": "mixture-of-experts",
            "title": "Mixture of experts",
            "aliases": ["MoE"],
            "url": "topics/mixture-of-experts/",
        },
        {"slug": "evals", "title": "Evals", "aliases": ["evaluations", "a | b"], "url": "topics/evals/"},
    ]
    quotes = [
        {
            "id": "q-aaaaaaaa",
            "speaker": "Ann",
            "text": "We route each token to an expert, and only that one works.",
            "url": "quotes/q-aaaaaaaa/",
        },
        {"id": "q-bbbbbbbb", "speaker": None, "text": "Evals are hard.", "url": "quotes/q-bbbbbbbb/"},
    ]
    (folder / "topics.json").write_text(json.dumps(topics))
    (folder / "quotes.json").write_text(json.dumps(quotes))
    said = Quotation(
        "q-bbbbbbbb",
        ("Evals are \U0001f600 hard.",),
        None,
        "Talk",
        f"{HOME}quotes/q-bbbbbbbb/",
        "Nobody on Evals",
        "Book",
    )
    pages = {
        each["url"]: citation.article(Article(each["slug"], each["title"], HOME + each["url"], "Book"))
        for each in topics
    }
    pages |= {each["url"]: citation.quote(replace(said, address=HOME + each["url"])) for each in quotes}
    for url, offered in pages.items():
        fields = "".join(f"<li><textarea {each.attributes}>\n{each.field}</textarea>" for each in offered)
        (folder / url).mkdir(parents=True)
        (folder / url / "index.html").write_text(f'<ul class="tb-cite-list">{fields}</ul>')
    return folder


@pytest.fixture
def served(site: Path) -> Iterator[str]:
    with building.served(site.parent) as address:
        yield f"{address}site"


def run(*words: str, typed: str = "") -> Result:
    return CliRunner().invoke(main, words, input=typed, catch_exceptions=False)


def said(*words: str, status: int = 0, typed: str = "") -> str:
    result = run(*words, typed=typed)
    assert result.exit_code == status, result.output
    return result.output


@pytest.mark.parametrize("name", ["", *main.commands])
def test_every_command_has_help(name: str) -> None:
    text = said(*([name] if name else []), "--help")
    assert text.startswith("Usage:")
    assert text.splitlines()[2].startswith("  ")
    ours = name and not name.startswith(("build", "serve"))  # those are MkDocs'
    options = [each for each in main.commands[name].params if isinstance(each, click.Option)] if ours else []
    assert all((option.help or "").endswith((".", "built site.")) for option in options)


def test_python_runs_the_package_too() -> None:
    done = subprocess.run([sys.executable, "-m", "talkbook", "--help"], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("Usage: talkbook ")


def test_there_are_these_commands() -> None:
    commands = ["build", "check", "draft", "formats", "link", "links", "new", "serve", "speakers"]
    assert sorted(main.commands) == commands


def test_a_good_project_has_no_problems(project: Path) -> None:
    assert said("check") == "No problems.\n"
    assert said("check", "content") == "No problems.\n"


def test_problems_are_lines_that_an_editor_can_follow(project: Path) -> None:
    (project / "content" / "topics" / "craft.md").write_text(page("Handicraft", related="[lomos]"))
    (project / "content" / "topics" / "looms.md").write_text(page("Looms"))
    (project / "content" / "people.yml").write_text("Benn: {description: A weaver.}\n")
    assert said("check", status=1) == (
        'content/people.yml:1: warning: "Benn" doesn\'t speak in any transcript. Did you mean "Ben"?\n'
        'content/topics/craft.md: warning: No conversation mentions "Handicraft": none of its names is said in '
        "the sense of the topic. Add what people call it to its aliases or hidden_labels, or pin a passage.\n"
        'content/topics/craft.md:3: error: There is no topic "lomos". Did you mean "looms"?\n'
        "1 error, 2 warnings.\n"
    )


def test_broken_links_are_reported_with_all_other_problems(project: Path) -> None:
    (project / "docs").mkdir()
    (project / "docs" / "about.md").write_text("# About\n\n## Us\n")
    topic = project / "content" / "topics" / "looms.md"
    links = "[a](../../gone/) [b](../../about/#us) [c](../../topics/broken/#quotes) [d](../../people/ben/#gone)"
    topic.write_text(page("Looms", body=links))
    (project / "content" / "topics" / "broken.md").write_text("no front matter\n")
    assert said("check", status=1) == (
        "content/topics/broken.md:1: error: This topic has no front matter. "
        'Begin the file with a line "---", "title: …" and another line "---".\n'
        'content/topics/looms.md: error: A link leads to "gone/", but there is no such page. Remove the link.\n'
        'content/topics/looms.md: error: A link leads to "people/ben/#gone", which does not exist. '
        "Link to the page, or remove the link.\n"
        "3 errors, 0 warnings.\n"
    )


def test_warnings_alone_leave_the_status_at_0(project: Path) -> None:
    (project / "content" / "people.yml").write_text("Benn: {description: A weaver.}\n")
    assert said("check").endswith("0 errors, 1 warning.\n")


def test_links_are_checked_beside_warnings(project: Path) -> None:
    (project / "content" / "people.yml").write_text("Benn: {description: A weaver.}\n")
    (project / "content" / "topics" / "craft.md").write_text(f"{CRAFT}\n[There](#nowhere)\n")
    assert 'craft.md: error: A link leads to "topics/craft/#nowhere", which does not exist.' in said("check", status=1)


def test_problems_as_json(project: Path) -> None:
    (project / "content" / "topics" / "looms.md").write_text("no front matter")
    found = json.loads(said("check", "--format", "json", status=1))
    assert (found["errors"], found["warnings"]) == (1, 0)
    assert found["problems"] == [
        {
            "path": "content/topics/looms.md",
            "line": 1,
            "severity": "error",
            "message": "This topic has no front matter.",
            "hint": 'Begin the file with a line "---", "title: …" and another line "---".',
        }
    ]


def test_problems_as_annotations_of_github(project: Path) -> None:
    (project / "content" / "topics" / "100%, or so.md").write_text("no front matter")
    assert said("check", "--format", "github", status=1).splitlines()[0] == (
        "::error file=content/topics/100%25%2C or so.md,line=1::This topic has no front matter. "
        'Begin the file with a line "---", "title: …" and another line "---".'
    )


def test_the_content_folder_of_mkdocs_yml_is_used(project: Path) -> None:
    (project / "content").rename(project / "sources")
    (project / "mkdocs.yml").write_text(
        "site_url: !ENV [SITE_URL, x]\nplugins:\n  - search\n  - talkbook: {content: sources}\n"
    )
    assert said("check") == "No problems.\n"


@pytest.mark.parametrize("inherited", [False, True])
def test_plugins_may_be_a_mapping_and_inherited(project: Path, inherited: bool) -> None:
    (project / "content").rename(project / "sources")
    (project / "content/topics").mkdir(parents=True)
    (project / "sources/topics/bad.md").write_text("---\ntitle: [\n---\n")
    config = "site_name: x\nplugins:\n  search:\n  talkbook:\n    content: sources\n"
    (project / ("base.yml" if inherited else "mkdocs.yml")).write_text(config)
    if inherited:
        (project / "mkdocs.yml").write_text("INHERIT: base.yml\nextra: !!python/name:a.b x\n")
    assert "sources/topics/bad.md:3: error" in said("check", status=1)


@pytest.mark.parametrize(
    "config", ["\xff", "- a", "INHERIT: nowhere.yml", "INHERIT: [a]", "a: b: c", "plugins: talkbook"]
)
def test_a_malformed_mkdocs_yml_causes_no_traceback(project: Path, config: str) -> None:
    (project / "mkdocs.yml").write_bytes(config.encode("latin-1"))
    assert isinstance(run("check").exception, SystemExit | None)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("\n{{ nope.x }}", "2: error: The template failed: 'nope' is undefined."),
        ("{{ 1 / 0 }}", "1: error: The template failed: division by zero."),
        ("{% if %}", "1: error: The template is not valid: Expected an expression, got 'end of statement block'."),
        ('{% extends "nope.html" %}', "1: error: The template failed: nope.html."),
    ],
)
def test_check_reports_a_fault_of_a_template_as_a_build_does(project: Path, text: str, expected: str) -> None:
    own = project / "templates/pages/topic.html"
    own.parent.mkdir(parents=True)
    own.write_text(text)
    output = said("check", status=1)
    assert output.startswith(f"templates/pages/topic.html:{expected}")
    assert output.endswith("\n1 error, 0 warnings.\n")


@pytest.mark.parametrize(
    ("config", "expected"),
    [
        ("- a", "mkdocs.yml: This is not a mapping of keys to values. Begin it with site_name: …."),
        (
            "plugins: [talkbook: {content: [a]}]",
            "mkdocs.yml: The option content of talkbook is not text. Write the name of a folder.",
        ),
    ],
)
def test_what_mkdocs_yml_cannot_say_is_reported(project: Path, config: str, expected: str) -> None:
    (project / "mkdocs.yml").write_text(config)
    assert said("check", status=1) == f"Error: {expected}\n"


def test_a_folder_without_sources_is_reported(tmp_path: Path) -> None:
    assert said("check", str(tmp_path), status=1) == (
        f"Error: There are no sources in {tmp_path}: it has no folder content/ with transcripts/ or topics/ in it. "
        "Name the folder of a project: talkbook check FOLDER.\n"
    )


def test_links_are_recorded_once(project: Path) -> None:
    assert said("links") == '0 addresses recorded, 13 not yet recorded, 0 lost. Run "talkbook links --update".\n'
    assert said("links", "--update") == "content/permalinks.txt: 13 new addresses recorded, 0 redirected.\n"
    before = (project / "content" / "permalinks.txt").read_text()
    assert said("links") == "13 addresses recorded, 0 not yet recorded, 0 lost.\n"
    assert said("links", "--update") == "content/permalinks.txt: 0 new addresses recorded, 0 redirected.\n"
    assert (project / "content" / "permalinks.txt").read_text() == before


@pytest.fixture
def renamed(project: Path) -> Path:
    said("links", "--update")
    (project / "content" / "topics" / "craft.md").rename(project / "content" / "topics" / "handicraft.md")
    return project


def test_a_lost_address_is_asked_about(renamed: Path) -> None:
    text = said("links", "--update", typed="1\n")
    assert "topics/craft is gone: Handicraft\n  1. topics/handicraft, 100 % alike: Handicraft\n" in text
    assert text.endswith("content/permalinks.txt: 1 new address recorded, 1 redirected.\n")
    assert "topics/craft -> topics/handicraft\n" in (renamed / "content" / "permalinks.txt").read_text()
    assert said("check") == "No problems.\n"


@pytest.mark.parametrize("typed", ["", "n\n", "\n"])
def test_without_an_answer_no_address_is_redirected(renamed: Path, typed: str) -> None:
    said("links", "--update", typed=typed, status=1)
    assert "topics/craft: Handicraft\n" in (renamed / "content" / "permalinks.txt").read_text()
    assert "topics/craft was published (Handicraft) and is gone." in said("check", status=1)


def test_an_address_can_be_given_up(renamed: Path) -> None:
    said("links", "--update", typed="w\n")
    assert "topics/craft -> withdrawn\n" in (renamed / "content" / "permalinks.txt").read_text()
    assert said("check") == "No problems.\n"


def test_yes_accepts_the_most_similar_successor_and_reports_it(renamed: Path) -> None:
    assert "1. topics/handicraft, 100 % alike" in said("links", "--update", "--yes")
    assert said("links") == "14 addresses recorded, 0 not yet recorded, 0 lost.\n"


def test_a_turn_its_paragraph_and_its_quote_are_asked_about_once(project: Path) -> None:
    said("links", "--update")
    (project / "content" / "transcripts" / "talk.txt").write_text(SAID.replace("borrowed the", "took all the"))
    text = said("links", "--update", typed="1\n")
    assert text.count("Its successor's number") == 1
    assert text.count("leads the same way") == 1
    assert said("check") == "No problems.\n"


def test_errors_in_the_sources_leave_the_ledger_alone(renamed: Path) -> None:
    (renamed / "content" / "topics" / "looms.md").write_text("no front matter")
    before = (renamed / "content" / "permalinks.txt").read_text()
    assert "Error: The ledger is left as it is until these are fixed." in said("links", "--update", "--yes", status=1)
    assert (renamed / "content" / "permalinks.txt").read_text() == before


@pytest.mark.parametrize(
    ("query", "markup", "text"),
    [
        ("mixture of experts", "markdown", "[Mixture of experts](https://example.org/book/topics/mixture-of-experts/)"),
        (
            "MoE",
            "mediawiki",
            "{{cite web |url=https://example.org/book/topics/mixture-of-experts/ |title=Mixture of experts "
            "|website=Book |access-date=TODAY}}",
        ),
        (
            "mixtur of expert",
            "html",
            '<a href="https://example.org/book/topics/mixture-of-experts/">Mixture of experts</a>',
        ),
        ("Only that one works", "link", "https://example.org/book/quotes/q-aaaaaaaa/"),
        ("we route every token to an expert", "link", "https://example.org/book/quotes/q-aaaaaaaa/"),
        (
            "evals are hard",
            "bibtex",
            "@misc{q-bbbbbbbb,\n  title = {{Talk}},\n  url = {https://example.org/book/quotes/q-bbbbbbbb/},\n"
            "  urldate = {TODAY}\n}",
        ),
    ],
)
def test_link_prints_the_best_link(site: Path, query: str, markup: str, text: str) -> None:
    today = datetime.date.today().isoformat()
    assert said("link", query, "--site", str(site), "--as", markup) == text.replace("TODAY", today) + "\n"


def test_the_day_is_in_its_place_after_an_astral_character(site: Path) -> None:
    text = said("link", "evals are hard", "--site", str(site), "--as", "text")
    assert "“Evals are \U0001f600 hard.”\n— Speaker not known, “Talk”. Book, " in text
    assert text.endswith(f" (accessed {rich_text.form(datetime.date.today(), 'dmy')})\n")


def test_a_site_can_be_asked_over_the_network(served: str) -> None:
    assert said("link", "MoE", "--site", served) == f"[Mixture of experts]({HOME}topics/mixture-of-experts/)\n"


def test_a_site_without_an_address_has_nothing_to_cite(site: Path) -> None:
    (site / "topics" / "evals" / "index.html").write_text("<p>Evals")
    assert said("link", "evals", "--site", str(site), status=1) == (
        f'Error: {site}/topics/evals/ offers no citation as "markdown". '
        "Build the site again, with site_url in its mkdocs.yml.\n"
    )


def test_link_reports_errors_as_sentences(site: Path, served: str) -> None:
    assert (
        said("link", "bananas", "--site", str(site), status=1)
        == 'Error: No topic is called "bananas", and no quote contains it.\n'
    )
    assert said("link", "experts", "--site", str(site), status=1) == (
        'Error: No topic is called "experts", and no quote contains it. Did you mean "Mixture of experts"?\n'
    )
    assert said("link", "x", "--site", f"{site}-not", status=1) == (
        f"Error: {site}-not/topics.json can't be read. "
        "Build the site first, or give the folder or address of one with --site.\n"
    )
    assert said("link", "x", "--site", f"{served}-not", status=1) == (
        f"Error: {served}-not/topics.json can't be read: the server says 404 File not found. "
        f"Is {served}-not/ a site made by Talkbook?\n"
    )
    (site / "topics.json").write_text("[{}]")
    assert (
        said("link", "x", "--site", str(site), status=1)
        == f"Error: {site}/topics.json and quotes.json aren't in Talkbook's form. Build the site again.\n"
    )
    (site / "topics.json").write_text("<html>")
    assert said("link", "x", "--site", str(site), status=1) == (
        f"Error: {site}/topics.json isn't in Talkbook's form. Is the site made by Talkbook?\n"
    )


def test_an_invalid_site_address_is_reported() -> None:
    for address in ("http://[::1", "http://", "https://exa mple"):
        assert said("link", "x", "--site", address, status=1).startswith(f"Error: {address.rstrip('/')}/")


def test_formats_are_listed(project: Path) -> None:
    lines = said("formats").splitlines()
    assert any(line.startswith("webvtt ") for line in lines)
    assert all(len(line.split("  ", 1)) == 2 for line in lines)


def test_formats_shows_how_a_file_is_read(project: Path) -> None:
    lines = said("formats", "content/transcripts/talk.txt").splitlines()
    assert lines[:3] == [
        "content/transcripts/talk.txt: labels; 4 turns by 2 named speakers.",
        "  Ann: What do you make of looms, now that everybody wants to build one at home?",
        "  Ben: Looms are older than engines. The first looms wove plain cloth, and nobody thought of…",
    ]


def test_an_unreadable_file_is_reported(project: Path) -> None:
    (project / "picture.vtt").write_bytes(b"\xff\xd8\xff\xe0\x00\x10JFIF")
    assert said("formats", "picture.vtt", status=1).startswith("Error: picture.vtt")
    assert 'There is no format "webvt". Did you mean "webvtt"?' in said(
        "formats", "content/transcripts/talk.txt", "--format", "webvt", status=1
    )


def test_commands_see_the_project_that_a_build_sees(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SITE_URL", "https://example.org/book")
    (tmp_path / "sources" / "topics").mkdir(parents=True)
    (tmp_path / "pages").mkdir()
    (tmp_path / "mkdocs.yml").write_text(
        "site_name: A book\nsite_description: Of talks.\nsite_url: !ENV [SITE_URL, 'http://127.0.0.1/']\n"
        "repo_url: https://forge.example/book\nuse_directory_urls: false\ndocs_dir: pages\n"
        "theme: {name: material, language: de}\n"
        "plugins: [search, talkbook: {content: sources, cards: false, cluster: 'tcp://one:1', proposals: hide}]\n"
    )
    config = load_config(str(tmp_path / "mkdocs.yml"))
    plugin = config.plugins["talkbook"]
    assert isinstance(plugin, TalkbookPlugin)
    assert project_folder.find(tmp_path) == settings.project(config, plugin.config, published=None)
