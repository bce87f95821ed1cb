"""After an addition to a YAML file, the addition is there and so is everything that was there before."""

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from talkbook.sources import yaml_append

ITEMS = [
    {"at": "How does that work? A little", "title": "Ünïcode and 中文"},
    {"at": "So, I was hoping: yes", "title": "What # made 'it'"},
    {"at": "- no", "title": "true"},
]
WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cs",)), max_size=12)
NAMES = st.from_regex(r"[a-z]{1,5}", fullmatch=True)
VALUES = st.recursive(
    WORDS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=3), max_leaves=8
)
MAPPINGS = st.dictionaries(NAMES, VALUES, max_size=5)
FILES = [
    "",
    "# nothing but a remark\n",
    "title: A talk  # as published\n\nspeakers:\n  ann: {name: Ann}\n",
    "sections:\n  - {at: one, title: One}  # the first\n\n# about turns\nturns:\n  - ann: Hello\n",
    "sections:\n- at: one\n  title: 'One'\n\n- at: two\n  title: \"Two\"\n# the end",
    "sections: [{at: one, title: One}]\ntitle: x",
    "sections: []\n",
    "sections:\ntitle: x\n",
    "title: >-\n  A long\n  title\nsections:\n    - at: one\n      title: plain words\n        that go on\n",
    "\ufefftitle: x\r\nsections:\r\n  - {at: one, title: One}\r\n",
]


@pytest.mark.parametrize("text", FILES)
@pytest.mark.parametrize("key", ["sections", "corrections"])
def test_every_character_stays_and_the_items_come_last(text: str, key: str) -> None:
    made = yaml_append.append(text, key, ITEMS)
    before = yaml.load(text, Loader=yaml.BaseLoader) or {}
    assert yaml.load(made, Loader=yaml.BaseLoader) == {**before, key: [*(before.get(key) or []), *ITEMS]}
    assert _within(text, made)
    assert made.count("\n") == made.count("\r\n") or "\r" not in text


@given(st.lists(st.tuples(WORDS, WORDS), min_size=1, max_size=4), st.sampled_from(FILES))
def test_whatever_is_added_is_read_again(pairs: list[tuple[str, str]], text: str) -> None:
    items = [{"at": at, "title": title} for at, title in pairs]
    try:
        made = yaml_append.append(text, "sections", items)
    except ValueError:
        pytest.fail("could not be added")
    assert yaml.load(made, Loader=yaml.BaseLoader)["sections"][-len(items) :] == items
    assert _within(text, made)


@given(MAPPINGS, st.booleans(), st.integers(1, 6))
def test_any_file_is_extended_correctly_or_left_alone(data: dict[str, object], flow: bool, indent: int) -> None:
    text = yaml.safe_dump(data, default_flow_style=flow, indent=indent, allow_unicode=True) if data else ""
    before = yaml.load(text, Loader=yaml.BaseLoader) or {}
    try:
        made = yaml_append.append(text, "sections", ITEMS)
    except ValueError:
        return
    assert yaml.load(made, Loader=yaml.BaseLoader) == {**before, "sections": ITEMS}
    assert _within(text, made)


@pytest.mark.parametrize(
    "text", ["- a\n- list\n", "sections: words\n", "sections: {a: b}\n", "just words\n", "{title: x}\n"]
)
def test_a_file_without_a_list_is_rejected(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        yaml_append.append(text, "sections", ITEMS)


def test_a_key_is_added_once() -> None:
    made = yaml_append.block("speakers:\n  ann: {name: Ann}", [f"title: {yaml_append.scalar('Rye: a talk')}"])
    assert made == 'speakers:\n  ann: {name: Ann}\ntitle: "Rye: a talk"\n'
    with pytest.raises(ValueError, match="can't be added"):
        yaml_append.block(made, ["title: Other"])


def _within(text: str, made: str) -> bool:
    """Return whether removing one substring from `made` gives `text`."""
    start = next((at for at, (one, other) in enumerate(zip(text, made, strict=False)) if one != other), len(text))
    rest = text[start:]
    return made.startswith(text[:start]) and (made.endswith(rest) if rest else True)
