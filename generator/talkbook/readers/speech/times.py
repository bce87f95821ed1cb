"""Parse times as files write them, into seconds."""

import math
import re

CLOCK = r"(?:\d{1,3}:)?\d{1,3}:\d{2}(?:[.,:;]\d{1,3})?"  # 0:04, 00:01:02, 1:02:03.450, 00:16:16:05
_ISO = re.compile(r"P(?:([\d.]+)D)?T?(?:([\d.]+)H)?(?:([\d.]+)M)?(?:([\d.]+)S)?", re.IGNORECASE)
_LAST = 10_000 * 3600.0  # seconds; longer than any recording


def clock(text: str) -> float | None:
    """Return the seconds of "1:02:03.45", "02:03" or "3,5"; None if it is not a time. A fourth part is hundredths."""
    parts = text.strip().replace(",", ".").replace(";", ":").split(":")
    if len(parts) == 4:
        parts[2:] = [f"{parts[2]}.{parts[3]}"]
    seconds = 0.0
    for part in parts:
        number = seconds_of(part)
        if number is None:
            return None
        seconds = seconds * 60 + number
    return seconds if seconds < _LAST else None


def iso(text: object) -> float | None:
    """Return the seconds of an ISO 8601 duration such as "PT1M2.5S"; None for anything else."""
    match = _ISO.fullmatch(text) if isinstance(text, str) else None
    if match is None:
        return None
    days, hours, minutes, seconds = (seconds_of(part or "0") or 0.0 for part in match.groups())
    return ((days * 24 + hours) * 60 + minutes) * 60 + seconds


def seconds_of(value: object, unit: float = 1.0) -> float | None:
    """Return a number, given as such or as a string like "1.3" or "1.3s", times `unit`; None for anything else."""
    if isinstance(value, bool):
        return None
    try:
        number = float(value.strip().removesuffix("s") if isinstance(value, str) else value) * unit  # type: ignore[arg-type]
    except (TypeError, ValueError, OverflowError):
        return None
    return number if math.isfinite(number) and 0 <= number < _LAST else None
