"""Results stored between builds never change the site, and no file of the cache is trusted blindly."""

import pickle
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from served import built, change, same

import building
from making import topic
from talkbook.book import pipeline
from talkbook.book.pipeline import Processed, ReadingContext, TranscriptInput
from talkbook.plugin import transcript_cache
from talkbook.runtime import result_store
from talkbook.runtime.result_store import ResultStore
from talkbook.sources.source import Source


@pytest.fixture(autouse=True)
def still(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1500000000")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "home"))


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The slugs of the transcripts that are processed."""
    seen: list[str] = []

    def noted(inputs: Sequence[TranscriptInput], context: ReadingContext, *_: object, **__: object) -> object:
        def each() -> Iterator[Processed]:
            for given in inputs:
                seen.append(given.source.slug)
                yield pipeline.process(given, context)

        return each()

    monkeypatch.setattr("talkbook.book.parallel.process_all", noted)
    return seen


@pytest.fixture
def garden(tmp_path: Path) -> Path:
    return building.copied("garden", tmp_path)


def stored(project: Path) -> list[Path]:
    return sorted((project / ".cache/talkbook/transcripts").iterdir())


def test_a_second_build_processes_only_new_transcripts_and_makes_the_same_site(
    garden: Path, tmp_path: Path, read: list[str]
) -> None:
    first = built(garden, tmp_path / "1")
    assert sorted(read) == ["rain", "soil", "sun"]
    read.clear()
    same(built(garden, tmp_path / "2"), first)
    assert read == ["soil"]  # never stored, as it has private words
    read.clear()
    (garden / "content/transcripts/new.txt").write_text(">> What is soil?\n>> Soil is dark.\n", "utf-8")
    found = built(garden, tmp_path / "3")
    assert sorted(read) == ["new", "soil"]
    for path in stored(garden):
        path.unlink()
    same(built(garden, tmp_path / "4"), found)


@pytest.mark.parametrize("damage", ["cut", "changed", "forged", "empty", "of another user"])
def test_damaged_or_foreign_results_are_made_again(
    garden: Path, tmp_path: Path, read: list[str], damage: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = built(garden, tmp_path / "1")
    read.clear()

    class Bomb:
        def __reduce__(self) -> tuple[object, ...]:
            return (pytest.fail, ("it was unpickled",))

    for path in stored(garden):
        data = path.read_bytes()
        forged = data[:32] + pickle.dumps(Bomb())
        damaged = {"cut": data[:-9], "changed": data[:-9] + b"x" + data[-8:], "forged": forged, "empty": b""}
        path.write_bytes(damaged.get(damage, data))
    if damage == "of another user":
        monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "other"))
    same(built(garden, tmp_path / "2"), first)
    assert sorted(read) == ["rain", "soil", "sun"]


@pytest.mark.parametrize("edit", ["lexicon", "topic", "sidecar", "proposals"])
def test_results_depend_on_everything_they_are_made_from(
    garden: Path, tmp_path: Path, read: list[str], edit: str
) -> None:
    built(garden, tmp_path / "1")
    read.clear()
    if edit == "lexicon":
        entry = "corrections: [{heard: soil, means: loam, why: x}]\n"
        (garden / "content/lexicon.yml").write_text(entry, "utf-8")
    elif edit == "topic":
        change(garden / "content/topics/worms.md", lambda text: text.replace("title: ", "title: Long "))
    elif edit == "proposals":
        change(garden / "mkdocs.yml", lambda text: text.replace("talkbook]", "{talkbook: {proposals: hide}}]"))
    else:
        (garden / "content/transcripts/sun.yml").write_text("title: On the sun\n", "utf-8")
    built(garden, tmp_path / "2")
    assert sorted(read) == (["soil", "sun"] if edit == "sidecar" else ["rain", "soil", "sun"])


def test_words_that_become_private_are_removed_from_the_store(garden: Path, tmp_path: Path) -> None:
    talk = garden / "content/transcripts/sun.srt"
    change(talk, lambda text: text.replace(" the ", " the quagga ", 1))
    built(garden, tmp_path / "1")
    assert any(b"quagga" in path.read_bytes() for path in stored(garden))
    words = next(line for line in talk.read_text("utf-8").splitlines() if "quagga" in line)
    (garden / "content/transcripts/sun.yml").write_text(
        f'private: [{{from: "{" ".join(words.split()[:3])}", to: "{" ".join(words.split()[-3:])}", why: x}}]\n', "utf-8"
    )
    built(garden, tmp_path / "2")
    assert not any(b"quagga" in path.read_bytes() for path in stored(garden))


def test_nothing_is_stored_if_the_key_cannot_be_saved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    store = ResultStore(tmp_path / "store")
    store.put("a", b"1", ["result"])
    assert store.get("a", b"1") is None


def test_a_result_is_found_only_by_its_name_and_inputs(tmp_path: Path) -> None:
    store = ResultStore(tmp_path / "store")
    store.put("a", b"1", ["result"])
    assert store.get("a", b"1") == ["result"]
    assert store.get("a", b"2") is None
    (first,) = (tmp_path / "store").iterdir()
    store.put("b", b"1", ["other"])
    (second,) = (path for path in (tmp_path / "store").iterdir() if path != first)
    second.write_bytes(first.read_bytes())  # the result with another name
    assert store.get("b", b"1") is None
    store.keep(["b"])
    assert store.get("a", b"1") is None


def test_inputs_common_to_all_transcripts_are_hashed_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    digested: list[int] = []
    digest = result_store.digest

    def counted(*parts: bytes) -> bytes:
        digested.append(sum(map(len, parts)))
        return digest(*parts)

    monkeypatch.setattr(result_store, "digest", counted)
    context = ReadingContext(topics=tuple(topic(f"t{at}", f"Topic {at}", "", summary="word " * 50) for at in range(50)))
    inputs = [TranscriptInput(Source(f"{at}.txt", f"talk-{at}", b">> Yes.\n>> No.\n")) for at in range(50)]
    made = [*transcript_cache.process_stored(ResultStore(tmp_path), inputs, context)]
    assert all(result.transcript for result in made)
    assert sum(digested) < 10 * len(repr(context.topics))
