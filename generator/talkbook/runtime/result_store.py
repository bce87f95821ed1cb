"""Results stored in files from one run to the next; damaged or foreign files never lead to a wrong result.

Each file is signed with a key from the user's own cache folder. A file that came with someone else's project, was
truncated or was changed is never unpickled: its result is made again.
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

_SIGNED = 32  # bytes


class ResultStore:
    """The results in a folder, each stored by name with a digest of everything that it was made of."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._key = _key()

    def get(self, name: str, made_of: bytes) -> Any:
        """Return the result with this name, or None if there is none that this user stored for the same `made_of`."""
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
            return None  # its class has changed since

    def put(self, name: str, made_of: bytes, result: object) -> None:
        """Store a result, replacing the last one with this name. If it can't be stored, it is made again next time."""
        if self._key is None:
            return
        content = pickle.dumps(result, pickle.HIGHEST_PROTOCOL)
        path = self._path(name)
        waiting = path.with_suffix(f".{os.getpid()}-{threading.get_ident()}")
        with suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            waiting.write_bytes(self._signature(name, made_of, content) + content)
            waiting.replace(path)  # so that an interrupted run leaves no partial file

    def drop(self, name: str) -> None:
        """Remove the result with this name, if there is one."""
        with suppress(OSError):
            self._path(name).unlink(missing_ok=True)

    def keep(self, names: Iterable[str]) -> None:
        """Remove all results except those with these names."""
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
    """Return a SHA-256 digest of the parts, which depends on where each begins and on their order."""
    hashed = sha256()
    for part in parts:
        hashed.update(len(part).to_bytes(8, "big"))
        hashed.update(part)
    return hashed.digest()


def _key() -> bytes | None:
    """Return the user's key, creating it if needed; None if it can't be saved, in which case nothing is stored."""
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
