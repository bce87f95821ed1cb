"""Results kept in files from one run to the next. Whatever happens to the files, no wrong result comes of them.

Each file is signed with a key that lies in the user's own cache folder. So what came with somebody else's project, was
cut short or was changed is never unpickled, and is made anew.
"""

import hmac
import os
import pickle
import secrets
import threading
from collections.abc import Iterable
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Any

_SIGNED = 32  # bytes of a signature


class ResultStore:
    """The results in a folder, one for each name, each with a digest of all that it was made of."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._key = _key()

    def get(self, name: str, made_of: bytes) -> Any:
        """The result of this name, None where there is none that we made of this."""
        try:
            data = self._path(name).read_bytes()
        except OSError:
            return None
        signature, content = data[:_SIGNED], data[_SIGNED:]
        if self._key is None or not hmac.compare_digest(signature, self._signature(name, made_of, content)):
            return None
        try:
            return pickle.loads(content)
        except (pickle.UnpicklingError, AttributeError, ImportError, EOFError, IndexError, TypeError, ValueError):
            return None  # of a class that is otherwise by now

    def put(self, name: str, made_of: bytes, result: object) -> None:
        """Keep a result in place of the one before. Where that can't be done, it is made again next time."""
        if self._key is None:
            return
        content = pickle.dumps(result, pickle.HIGHEST_PROTOCOL)
        path = self._path(name)
        waiting = path.with_suffix(f".{os.getpid()}-{threading.get_ident()}")
        with suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            waiting.write_bytes(self._signature(name, made_of, content) + content)
            waiting.replace(path)  # so that a run that is stopped leaves no half result

    def drop(self, name: str) -> None:
        """Remove the result of this name, if there is one."""
        with suppress(OSError):
            self._path(name).unlink(missing_ok=True)

    def keep(self, names: Iterable[str]) -> None:
        """Remove the results of all other names."""
        wanted = {self._path(each).name for each in names}
        with suppress(OSError):
            for entry in os.scandir(self._folder):
                if entry.name not in wanted:
                    Path(entry.path).unlink(missing_ok=True)

    def _path(self, name: str) -> Path:
        return self._folder / sha256(name.encode()).hexdigest()[:40]

    def _signature(self, name: str, made_of: bytes, content: bytes) -> bytes:
        assert self._key is not None
        return hmac.digest(self._key, digest(name.encode(), made_of, content), "sha256")


def digest(*parts: bytes) -> bytes:
    """What stands for these parts, each of them and their order."""
    hashed = sha256()
    for part in parts:
        hashed.update(len(part).to_bytes(8, "big"))
        hashed.update(part)
    return hashed.digest()


def _key() -> bytes | None:
    """The user's key, made where there is none; None where it can't be kept, and so no result can."""
    folder = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "talkbook"
    path = folder / "key"
    try:
        if not path.exists():
            folder.mkdir(parents=True, exist_ok=True)
            waiting = folder / f"key.{os.getpid()}"
            waiting.touch(mode=0o600)
            waiting.write_bytes(secrets.token_bytes(_SIGNED))
            with suppress(FileExistsError):
                os.link(waiting, path)  # another process may have been first, and its key counts
            waiting.unlink()
        key = path.read_bytes()
    except (OSError, RuntimeError):
        return None
    return key if len(key) == _SIGNED else None
