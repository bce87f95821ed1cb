"""Read a file that is to be changed, and replace it atomically, so that a failure leaves the old content intact."""

import os
import shutil
from contextlib import suppress
from pathlib import Path

from talkbook.problems import ParseError, Problem


def text(data: bytes, path: str) -> str:
    """Return the text in a file's bytes, with its byte-order mark and line ends, which must not change.

    path: the file, for messages.

    Raises ParseError if it is not UTF-8.
    """
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise ParseError(Problem(path, line, "This is not UTF-8 text.", "Save it as UTF-8.")) from None


def write(path: Path, data: bytes) -> None:
    """Replace the content of a file; the old content stays until all of `data` is written.

    Raises OSError, with the name of the file, if it can't be written.
    """
    target = Path(os.path.realpath(path))
    beside = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        beside.write_bytes(data)
        if target.exists():
            shutil.copymode(target, beside)
        beside.replace(target)
    except OSError as error:
        with suppress(OSError):
            beside.unlink()
        raise OSError(error.errno, error.strerror, str(path)) from None
