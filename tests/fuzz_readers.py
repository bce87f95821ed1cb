"""Fuzz the readers with atheris, which is not a dependency: pip install atheris; python tests/fuzz_readers.py.

Add what it finds to tests/readers/test_bad.py. The arguments are those of libFuzzer, such as -max_total_time=60.
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
    """Read one input: anything but a result or a ParseError is a bug."""
    if data:
        with suppress(ParseError):
            readers.read(data[1:], NAMES[data[0] % len(NAMES)])


if __name__ == "__main__":
    atheris.Setup(sys.argv, one)
    atheris.Fuzz()
