"""A topic's page says when the topic was last checked or, failing that, when its file last changed."""

import subprocess
from datetime import date
from pathlib import Path

import pytest

from making import booked, page, site
from talkbook.pages.topics import topic
from talkbook.sources import git_dates, topic_file


def commit(folder: Path, day: str) -> None:
    who = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
    dates = {"GIT_AUTHOR_DATE": f"{day}T12:00:00", "GIT_COMMITTER_DATE": f"{day}T12:00:00", "PATH": "/usr/bin:/bin"}
    for command in (["add", "-A"], [*who, "commit", "-q", "-m", "x"]):
        subprocess.run(["git", "-C", str(folder), *command], check=True, env=dates)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository whose project is in a subfolder, with two topics, one of which was changed later."""
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    there = tmp_path / "site/content/topics"
    there.mkdir(parents=True)
    (there / "grüne bohnen.md").write_text("1")
    (there / "worms.md").write_text("1")
    commit(tmp_path, "2024-03-01")
    (there / "worms.md").write_text("2")
    commit(tmp_path, "2025-06-07")
    return tmp_path / "site"


def test_each_file_has_the_day_of_the_last_commit_that_changed_it(repository: Path) -> None:
    assert git_dates.last_changed(repository, repository / "content/topics") == {
        "content/topics/grüne bohnen.md": date(2024, 3, 1),
        "content/topics/worms.md": date(2025, 6, 7),
    }


def test_without_a_history_nothing_is_known(repository: Path, tmp_path: Path) -> None:
    alone = tmp_path / "alone"
    alone.mkdir()
    subprocess.run(["git", "clone", "-q", "--depth", "1", f"file://{tmp_path}", str(alone / "copy")], check=True)
    shallow = alone / "copy/site"
    assert (shallow / "content/topics/worms.md").exists()
    assert git_dates.last_changed(shallow, shallow / "content/topics") == {}


def test_the_page_says_when_the_topic_was_checked() -> None:
    context = site(booked({}, {"compost": page("Compost", checked="'2025-02-03'", status="reviewed")}))
    html = topic.page(context, context.book.topic["compost"]).html
    assert 'Reviewed, checked <time datetime="2025-02-03">3 February 2025</time>.' in html


def test_a_day_that_there_is_not_is_refused() -> None:
    topic = topic_file.read("---\ntitle: A\nchecked: '2025-02-30'\n---\n", "content/topics/a.md", "a")
    assert topic.checked is None
    assert str(topic.problems[0]).startswith('content/topics/a.md:3: There is no date "2025-02-30".')
