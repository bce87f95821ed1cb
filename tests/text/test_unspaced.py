"""Scripts without spaces between words: from word counts to the pages of a site in Chinese and Japanese."""

import json
import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import building
from making import ROOT, topic, transcript, words
from talkbook import readers
from talkbook.matching import bag_of_words, stemming
from talkbook.matching.topic_names import Terms
from talkbook.pages import transcript_html as texts
from talkbook.text import anchors, ids, scripts, sentences
from talkbook.transcripts import source_map

SPACED = st.text("aé’'-.,!… \n\u3000ßж한", max_size=60)
MIXED = st.text("ab1, .\n我们堆肥，。ミズー々ปุ๋ย", max_size=60)


@given(SPACED)
def test_words_between_spaces_stay_the_same(text: str) -> None:
    assert not scripts.present(text)
    assert [text[start:end] for start, end in scripts.words(text, 0, len(text))] == text.split()
    assert scripts.count(text) == len(text.split())
    assert scripts.with_spaces(text) == text
    for at in range(len(text)):
        assert scripts.begins(text, at) == (re.compile(r"(?<!\w)").match(text, at) is not None)


@given(MIXED)
def test_words_are_all_that_is_said_in_order(text: str) -> None:
    found = scripts.words(text, 0, len(text))
    assert "".join(text[start:end] for start, end in found) == "".join(text.split())
    assert scripts.count(text) == len(found)


@given(MIXED)
def test_the_words_of_the_sentences_are_those_of_the_text(text: str) -> None:
    starts, ends = np.array(sentences.spans(text), np.intp).reshape(-1, 2).T
    beside = int((starts[1:] == ends[:-1]).sum())  # each of these may begin within a word
    assert 0 <= sentences.sizes(text, starts, ends).sum() - scripts.count(text) <= beside


@pytest.mark.parametrize(
    ("text", "count"),
    [("", 0), ("我们用堆肥，很好。", 4), ("用AI模型", 3), ("ミミズは土の中", 4), ("ปุ๋ยหมัก ดี", 3), ("Ada said 好", 3)],
)
def test_two_characters_or_four_letters_count_as_a_word(text: str, count: int) -> None:
    assert scripts.count(text) == count


def test_what_stands_side_by_side_is_compared() -> None:
    plain = [
        stem.replace("\u2060", "") for stem in stemming.content_stems("用AI模型，天气很好。Composting at 土, ปุ๋ยหมัก 2２")
    ]
    assert plain == ["模型", "天气", "气很", "很好", "compost", "ปุ๋ย", "ุ๋ยห", "๋ยหม", "ยหมั", "หมัก"]
    found = bag_of_words.count(["天气很好", "天气", "好"])
    assert found.meaningful.tolist() == [3, 1, 0]
    assert found.sentence.tolist() == [0, 0, 0, 1] and len(set(found.stem.tolist())) == 3


@pytest.mark.parametrize(
    ("text", "name", "hits"),
    [
        ("我们把堆肥放进堆肥箱里。", "堆肥", 2),
        ("シマミミズは", "ミミズ", 1),
        ("用AI模型，AI很好，MAIN", "AI", 2),
        ("雨水　タンク", "雨水 タンク", 1),
        ("เพราะปุ๋ยหมักครับ", "ปุ๋ยหมัก", 1),
        ("party", "art", 0),
    ],
)
def test_names_need_no_spaces_around_them(text: str, name: str, hits: int) -> None:
    assert len(Terms([topic("t", name)]).find(text)) == hits
    if " " not in name:
        assert len(anchors.spans(text, name)) == len(anchors.pattern(name).findall(text)) == hits


def test_corrections_stand_within_a_run_and_near_counts_words() -> None:
    said = "昨天我们很早就去了很远的地方，在菜园里他说堆费很好。"
    for near, shown in (("菜园", said.replace("费", "肥")), ("昨天", said)):
        found = transcript(said, words=words(("堆费", "堆肥"), near=(near,)))
        assert source_map.shown(found.source, found.edits) == shown


@given(st.text("我们用堆肥ミズ", min_size=1), st.data())
def test_punctuation_does_not_change_ids(text: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(text)))
    marked = f"{text[:at]}，{text[at:]}。"
    assert ids.key(marked) == ids.key(text) == " ".join(word for word, _, _ in ids.word_spans(marked, 0, len(marked)))
    assert ids.keys([marked, "so it is"]) == [ids.key(text), "so it is"]


def test_a_sentence_that_runs_on_is_cut_after_a_comma_or_a_space() -> None:
    for mark in "， ":
        text = mark.join(["我们先说一下去年的事情吧"] * 30) + "。"
        cut = [text[start:end] for start, end in sentences.spans(text)]
        assert len(cut) == 2 and cut[0].endswith(mark.strip() or "吧")
        assert "".join(cut) == text if mark == "，" else " ".join(cut) == text


def test_a_line_around_a_name_is_cut_on_both_sides() -> None:
    text = "今天说说地里的事情" * 20 + "堆肥" + "今天说说地里的事情" * 20
    at = text.index("堆肥")
    assert texts.around(text, at, at + 2) == (at - 45, at + 47)


@pytest.mark.parametrize(
    "text",
    [
        "**林小雨：** 你好。\n\n**陈建国：** 好。\n\n**林小雨：** 对。",
        "**林小雨**：你好。\n\n**陈建国**：好。\n\n林小雨：对。",
        "林小雨：你好。\n\n陈建国：好。\n\n林小雨：对。\n\n陈建国：好。",
        "[00:00:01] 林小雨：你好。\n[00:00:05] 陈建国：好。\n[00:00:09] 林小雨：对。",
    ],
)
def test_a_full_width_colon_ends_a_name(text: str) -> None:
    speech = readers.read(text.encode(), "talk.md")
    said = [(utterance.label, speech.source[utterance.start : utterance.end]) for utterance in speech.utterances]
    assert said[:3] == [("林小雨", "你好。"), ("陈建国", "好。"), ("林小雨", "对。")]


def test_no_space_follows_a_mark_between_cues_and_lines() -> None:
    cue = "00:00:0{0}.000 --> 00:00:0{1}.000\n<v 高橋>{2}\n\n"
    said = ("それは\n土です。", "雨は、\n屋根に", "降ります。", "AI is，\nhere。", "はい")
    text = "WEBVTT\n\n" + "".join(cue.format(at, at + 1, words) for at, words in enumerate(said))
    speech = readers.read(text.encode(), "talk.vtt")
    assert speech.source == "それは 土です。雨は、屋根に 降ります。 AI is， here。はい"
    assert [speech.source[offset : offset + 2] for offset, _ in speech.moments] == [
        "それ",
        "雨は",
        "降り",
        "AI",
        "はい",
    ]


def test_the_script_in_the_browser_knows_the_same_letters() -> None:
    script = (ROOT / "templates/assets/search-words.js").read_text("utf-8")
    strings = re.findall(r'"([^"]*)"', script.partition("const SINGLE =")[2].partition("const RUN")[0])
    letters = re.sub(r"\\u\{?(\w{4,5})\}?", lambda match: chr(int(match[1], 16)), "".join(strings))
    assert letters == scripts.LETTERS


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site with a Chinese and a Japanese interview."""
    folder = tmp_path_factory.mktemp("allotment")
    assert building.build(building.PROJECTS / "allotment", folder) == []
    return folder


def read(site: Path, name: str) -> Any:
    return json.loads((site / name).read_text("utf-8"))


def test_topics_get_the_passages_that_are_about_them(site: Path) -> None:
    said = [(quote["speaker"], quote["topics"], quote["text"]) for quote in read(site, "quotes.json")]
    assert {(speaker, *topics) for speaker, topics, _ in said} == {
        ("陈建国", "dui-fei"),
        ("陈建国", "qiuyin"),
        ("山田花子", "amamizu"),
    }
    assert (
        "陈建国",
        ["dui-fei"],
        "所以我每个星期翻一次，把下面的翻到上面来，再加一些干的叶子或者碎纸板。",
    ) in said  # pinned
    assert all(20 < len(words) <= 240 and words.endswith("。") for _, _, words in said)
    assert not any("软件" in words or "東京" in words for _, _, words in said)


def test_pages_have_readable_addresses_links_and_questions(site: Path) -> None:
    assert (site / "people/chen-jian-guo/index.html").is_file()
    page = (site / "topics/qiuyin/index.html").read_text("utf-8")
    assert (
        "挖一锹土，里面有十几条蚯蚓。" in page
        and "我听说您的菜园里有很多蚯蚓？" in page
        and 'href="../../topics/dui-fei/"' in page
    )
    talk = (site / "transcripts/chen/index.html").read_text("utf-8")
    assert re.search(r'<a[^>]* href="\.\./\.\./topics/dui-fei/"[^>]*>堆肥</a>', talk)


def test_search_takes_the_index_that_knows_single_characters(site: Path) -> None:
    assert (site / "search/index.bin").is_file() and read(site, "search/search_index.json")["docs"] == []
