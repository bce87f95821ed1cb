"""Work that nobody waits for: done behind, in a thread, step by step."""

import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

Step = Callable[[], object] | None  # None is only a place to stop at


class Turn:
    """A lock on the served site: one at a time changes it, and work behind lets whoever waits for a page go first."""

    def __init__(self) -> None:
        self._asking, self._writing = threading.Lock(), threading.Lock()

    @contextmanager
    def first(self) -> Iterator[None]:
        """Hold it for what somebody waits for."""
        with self._asking, self._writing:
            yield

    @contextmanager
    def last(self) -> Iterator[None]:
        """Hold it for work behind."""
        with self._asking:
            self._writing.acquire()
        try:
            yield
        finally:
            self._writing.release()


class After:
    """Work of a build that nobody waits for: it is done behind, in a thread, while the site is being read."""

    def __init__(self, turn: Turn, failed: Callable[[Exception], None]) -> None:
        self._turn = turn
        self._failed = failed
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self, work: Callable[[], Iterable[Step]]) -> None:
        """Go through the steps of `work`, each in its turn, until it ends or is stopped."""
        self.stop()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, args=(work, self._stop), daemon=True)
        self._thread.start()

    def _run(self, work: Callable[[], Iterable[Step]], stop: threading.Event) -> None:
        try:
            for step in work():
                with self._turn.last():
                    if stop.is_set():
                        return
                    if step:
                        step()
        except Exception as error:
            if not stop.is_set():  # otherwise what it was made from may be gone
                self._failed(error)

    def stop(self) -> None:
        """Have no more steps done. What is being computed between two of them is not waited for, and is lost."""
        self._stop.set()

    def wait(self) -> None:
        """Wait until nothing is left to do."""
        if self._thread:
            self._thread.join()
            self._thread = None
