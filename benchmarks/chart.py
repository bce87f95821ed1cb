"""A bar chart as SVG that is legible on light and dark backgrounds."""

from collections.abc import Sequence
from html import escape

_ROW, _LABEL, _BAR = 26, 260, 400


def bars(values: Sequence[tuple[str, float]]) -> str:
    """Return a chart with one bar for each (label, seconds)."""
    most = max((value for _, value in values), default=1.0)
    height = _ROW * len(values) + 10
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_LABEL + _BAR + 80} {height}" role="img" '
        'font-family="sans-serif" font-size="13" fill="#777"><title>Seconds for a cold build</title>'
    ]
    for at, (label, value) in enumerate(values):
        y = at * _ROW + 6
        color = "#3f51b5" if label.startswith("Talkbook") else "#9e9e9e"
        width = max(1.0, _BAR * value / most)
        parts.append(
            f'<text x="{_LABEL - 8}" y="{y + 14}" text-anchor="end">{escape(label)}</text>'
            f'<rect x="{_LABEL}" y="{y}" width="{width:.1f}" height="{_ROW - 8}" fill="{color}"/>'
            f'<text x="{_LABEL + width + 6:.1f}" y="{y + 14}">{value:.1f} s</text>'
        )
    return "\n".join([*parts, "</svg>"]) + "\n"
