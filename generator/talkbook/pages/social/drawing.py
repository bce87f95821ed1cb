"""Draws social cards: dark text on paper, one accent colour, and wide margins."""

import io
from collections.abc import Callable
from functools import cache, lru_cache
from importlib import resources

from PIL import Image, ImageColor, ImageDraw, ImageFont

from talkbook.pages.palette import LIGHT
from talkbook.pages.social.layout import Box, Fitted, Measure, fit, wrap
from talkbook.pages.social.social_card import HEIGHT, WIDTH, SocialCard

_PAPER, _RULE, _INK, _MUTED = LIGHT.paper, LIGHT.line, LIGHT.ink, LIGHT.soft
_ACCENT, _WARM = LIGHT.accent, LIGHT.warm
_LEFT, _RIGHT = 88, 1112
_ACROSS = _RIGHT - _LEFT
_FOOT = 514  # the top of the last part: speaker and site

_QUOTE_SIZES = (60, 56, 52, 48, 45, 42, 39, 36, 34, 32)
_TITLE_SIZES = (92, 84, 76, 68, 60, 52, 46)
_SUMMARY_SIZES = (36, 34, 32, 30)


def png(card: SocialCard) -> bytes:
    """Return the card as a PNG. Equal cards give equal bytes."""
    image = Image.new("RGB", (WIDTH, HEIGHT), _PAPER)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, 14, HEIGHT), fill=_WARM if card.quoted else _ACCENT)
    if card.quoted:
        _quote(draw, card)
    else:
        _page(draw, card)
    _foot(draw, card)
    result = io.BytesIO()
    image.quantize(palette=_palette(), dither=Image.Dither.NONE).save(result, "PNG", compress_level=6)
    return result.getvalue()


def _quote(draw: ImageDraw.ImageDraw, card: SocialCard) -> None:
    draw.text((_LEFT - 12, 20), "“", font=_font("serif", 220), fill=_ACCENT)
    if card.kicker:
        _text(draw, (_LEFT + 118, 84), card.kicker, ("sans-bold", 26, _ACCENT), _ACROSS - 118)
    words = fit(card.title, Box(_ACROSS, _FOOT - 184, 1.3), _QUOTE_SIZES, _measure("serif"))
    _lines(draw, 158 + (_FOOT - 184 - words.height) * 0.4, words, "serif", _INK)


def _page(draw: ImageDraw.ImageDraw, card: SocialCard) -> None:
    above = 58 if card.kicker else 0
    title = fit(card.title, Box(_ACROSS, 180, 1.14), _TITLE_SIZES, _measure("serif"))
    room = _FOOT - 112 - above - title.height - 28
    summary = fit(card.summary, Box(_ACROSS, room, 1.42), _SUMMARY_SIZES, _measure("sans"))
    at = 72 + max(0.0, room - summary.height) * 0.4
    if card.kicker:
        _text(draw, (_LEFT, at), card.kicker, ("sans-bold", 28, _WARM), _ACROSS)
    _lines(draw, at + above, title, "serif", _INK)
    _lines(draw, at + above + title.height + 28, summary, "sans", _MUTED)


def _lines(draw: ImageDraw.ImageDraw, at: float, words: Fitted, font: str, colour: str) -> None:
    for line in words.lines:
        draw.text((_LEFT, at), line, font=_font(font, words.size), fill=colour)
        at += words.size * words.leading


def _foot(draw: ImageDraw.ImageDraw, card: SocialCard) -> None:
    draw.line((_LEFT, _FOOT, _RIGHT, _FOOT), fill=_RULE, width=2)
    if not card.by:
        draw.text((_LEFT, 544), "•", font=_font("sans-bold", 34), fill=_ACCENT)
        _text(draw, (_LEFT + 30, 547), card.site, ("sans-bold", 28, _INK), _ACROSS - 30)
        return
    site = _cut(card.site, "sans", 25, 380)
    width = _measure("sans")(25)(site)
    draw.text((_RIGHT - width, 550), site, font=_font("sans", 25), fill=_MUTED)
    draw.text((_RIGHT - width - 28, 547), "•", font=_font("sans-bold", 30), fill=_ACCENT)
    room = _ACROSS - int(width) - 70
    _text(draw, (_LEFT, 534 if card.role else 548), card.by, ("sans-bold", 30, _INK), room)
    _text(draw, (_LEFT, 573), card.role, ("sans", 23, _MUTED), room)


def _text(
    draw: ImageDraw.ImageDraw, at: tuple[float, float], words: str, style: tuple[str, int, str], width: int
) -> None:
    """Draw the words on one line. style: font, size in pixels and colour."""
    font, size, colour = style
    draw.text(at, _cut(words, font, size, width), font=_font(font, size), fill=colour)


def _cut(words: str, font: str, size: int, width: int) -> str:
    """Return as many of the words as fit into `width` pixels, with "…" for the rest."""
    measure = _measure(font)(size)
    if measure(words) <= width:
        return words
    return wrap(words, width - measure("…"), measure)[0].rstrip(" ,;:") + "…"


@cache
def _font(name: str, size: int) -> ImageFont.FreeTypeFont:
    data = resources.files("talkbook.pages.social").joinpath(f"fonts/{name}.ttf").read_bytes()
    return ImageFont.truetype(io.BytesIO(data), size, layout_engine=ImageFont.Layout.BASIC)


@cache
def _measure(name: str) -> Callable[[int], Measure]:
    return cache(lambda size: lru_cache(10_000)(_font(name, size).getlength))


@cache
def _palette() -> Image.Image:
    """Return a palette of 16 steps from the paper to each colour: enough for smooth edges, at a third of the size."""
    paper = ImageColor.getrgb(_PAPER)
    parts = [*paper]
    for colour in map(ImageColor.getrgb, (_INK, _MUTED, _ACCENT, _WARM, _RULE)):
        for step in range(1, 17):
            parts += (round(a + (b - a) * step / 16) for a, b in zip(paper, colour, strict=True))
    image = Image.new("P", (1, 1))
    image.putpalette(parts)
    return image
