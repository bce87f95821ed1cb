"""Social cards have the right size, are reproducible, are drawn once, and show no missing glyphs."""

import io
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from talkbook.pages import social_cards
from talkbook.pages.context import RenderContext
from talkbook.pages.social import drawing, store
from talkbook.pages.social.layout import Box, Measure, fit, wrap
from talkbook.pages.social.social_card import HEIGHT, WIDTH, SocialCard, legible

QUOTE = SocialCard("The Book", "Evals are hard.", "On Evals", by="Ann", role="host", quoted=True)


def monospaced(size: int) -> Measure:
    return lambda words: len(words) * size / 2


LONG = replace(QUOTE, title="Evals are hard. " * 90)
PAGE = SocialCard("The Book", "Evals", "Topic", "Tests.")


@pytest.mark.parametrize("card", [QUOTE, LONG, PAGE])
def test_a_card_has_the_size_that_unfurlers_take(card: SocialCard) -> None:
    data = drawing.png(card)
    with Image.open(io.BytesIO(data)) as image:
        assert image.size == (WIDTH, HEIGHT)
        assert len(image.convert("RGB").getcolors(1000) or ()) > 10
    assert len(data) < 100_000
    assert drawing.png(card) == data


def test_what_is_drawn_once_is_not_drawn_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = dict(store.pictures({"a": QUOTE, "b": replace(QUOTE, title="Other.")}, tmp_path))
    assert len({*first.values()}) == 2
    drawn: list[SocialCard] = []

    def png(card: SocialCard) -> bytes:
        drawn.append(card)
        return first["b"]

    monkeypatch.setattr(drawing, "png", png)
    second = dict(store.pictures({"a": QUOTE, "c": replace(QUOTE, title="New.")}, tmp_path))
    assert second["a"] == first["a"]
    assert [card.title for card in drawn] == ["New."]


def test_many_cards_are_drawn_by_several_processes_alike(tmp_path: Path) -> None:
    cards = {str(at): replace(QUOTE, title=f"Number {at}.") for at in range(store._MANY)}
    pictures = dict(store.pictures(cards, tmp_path))
    assert pictures["3"] == drawing.png(cards["3"])
    assert len([*tmp_path.rglob("*.png")]) == len(cards)


def test_a_script_that_the_fonts_lack_is_not_drawn(context: RenderContext) -> None:
    assert legible("Evals, Ωμέγα, Жук, “café” — …")
    assert not legible("評価")
    assert (
        social_cards.of_quote(replace(context, site=replace(context.site, cards=False)), context.book.quotes[0]) is None
    )
    assert (
        social_cards.of_quote(replace(context, site=replace(context.site, name="書")), context.book.quotes[0]) is None
    )
    emoji = next(
        card for quote in context.book.quotes if (card := social_cards.of_quote(context, quote)) and not card.quoted
    )
    assert emoji.title.startswith("Ben on ")


@given(st.text("abc .", max_size=300), st.integers(40, 400))
def test_lines_hold_all_words_and_are_not_too_wide(words: str, width: int) -> None:
    lines = wrap(words, width, monospaced(20))
    assert "".join("".join(lines).split()) == "".join(words.split())
    assert all(len(line) * 10 <= width for line in lines)


@settings(max_examples=40)
@given(st.lists(st.sampled_from(["Yes.", "One two three.", "word", "and so on,", "No?"]), min_size=1, max_size=120))
def test_what_fits_is_whole_and_what_does_not_ends_with_dots(parts: list[str]) -> None:
    words = " ".join(parts)
    fitted = fit(words, Box(400, 200, 1.25), (40, 30, 20), monospaced)
    assert fitted.height <= 200
    shown = " ".join(fitted.lines)
    assert shown == words or shown.endswith("…")
    assert words.startswith(shown.removesuffix("…").rstrip(" ,"))


def test_a_cut_comes_after_a_sentence() -> None:
    fitted = fit("One two. " * 60, Box(400, 100, 1.25), (20,), monospaced)
    assert " ".join(fitted.lines).endswith("two. …")


def test_a_box_for_no_line_holds_none() -> None:
    assert fit("Yes.", Box(400, 10, 1.25), (20,), monospaced).lines == ()


def test_a_larger_box_never_makes_smaller_letters() -> None:
    small, large = (fit("one two three four five", Box(200, height, 1.2), (40, 20), monospaced) for height in (60, 300))
    assert small.size <= large.size == 40
