"""Fuzzes the readers with atheris, which is no dependency: pip install atheris; python tests/fuzz_readers.py.

What it finds goes into tests/readers/test_bad.py. Arguments are those of libFuzzer, such as -max_total_time=60.
"""

import sys
from contextlib import suppress
from pathlib import Path

import atheris  # type: ignore[import-not-found]

sys.path[:0] = [str(Path(__file__).parents[1] / "generator"), str(Path(__file__).parent / "readers")]

with atheris.instrument_imports(include=["talkbook"]):
    from talkbook import readers
    from talkbook.problems import ParseError

NAMES = ("a.txt", "a.md", "a.vtt", "a.srt", "a.json", "a.xml", "a.html")


def one(data: bytes) -> None:
    """Reads one input: anything but an answer or a refusal is a find."""
    if data:
        with suppress(ParseError):
            readers.read(data[1:], NAMES[data[0] % len(NAMES)])


if __name__ == "__main__":
    atheris.Setup(sys.argv, one)
    atheris.Fuzz()
