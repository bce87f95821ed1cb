"""Times as files write them, in seconds."""

import math
import re

CLOCK = r"(?:\d{1,3}:)?\d{1,3}:\d{2}(?:[.,:;]\d{1,3})?"  # 0:04, 00:01:02, 1:02:03.450, 00:16:16:05
_ISO = re.compile(r"P(?:([\d.]+)D)?T?(?:([\d.]+)H)?(?:([\d.]+)M)?(?:([\d.]+)S)?", re.IGNORECASE)
_LAST = 10_000 * 3600.0  # no recording is longer; a time beyond it is no time


def clock(text: str) -> float | None:
    """Seconds of "1:02:03.45", "02:03" or "3,5"; None where this is no time. A third colon starts hundredths."""
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
    """Seconds of an ISO 8601 duration such as "PT1M2.5S"."""
    match = _ISO.fullmatch(text) if isinstance(text, str) else None
    if match is None:
        return None
    days, hours, minutes, seconds = (seconds_of(part or "0") or 0.0 for part in match.groups())
    return ((days * 24 + hours) * 60 + minutes) * 60 + seconds


def seconds_of(value: object, unit: float = 1.0) -> float | None:
    """A number, a number in a string or a string such as "1.300s", times `unit`; None for anything else."""
    if isinstance(value, bool):
        return None
    try:
        number = float(value.strip().removesuffix("s") if isinstance(value, str) else value) * unit  # type: ignore[arg-type]
    except (TypeError, ValueError, OverflowError):
        return None
    return number if math.isfinite(number) and 0 <= number < _LAST else None
