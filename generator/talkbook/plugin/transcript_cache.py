"""The result of processing each transcript, kept in files between builds and in memory while serving."""

import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

import talkbook
from talkbook.book import parallel
from talkbook.book.pipeline import Processed, ReadingContext, TranscriptInput
from talkbook.runtime import progress, result_store
from talkbook.runtime.result_store import ResultStore
from talkbook.sources.lexicon import Lexicon, present
from talkbook.text.masking import MASK

_AT_ONCE = 1_500_000  # bytes of transcripts; if an edit concerns more, they are processed in the background
# Libraries on whose versions the results depend.
_LIBRARIES = ("selectolax", "ahocorasick-rs", "numpy", "PyStemmer", "stopwordsiso", "rapidfuzz")


def process_stored(
    store: ResultStore,
    inputs: Sequence[TranscriptInput],
    context: ReadingContext,
    executor: Executor | None = None,
    *,
    behind: bool = False,
) -> Iterator[Processed]:
    """Yield the result for each input, in order: one stored by an earlier build, or a new one, which is stored.

    executor, behind: as for parallel.process_all(). Unless `behind`, progress is shown on the terminal.
    """
    settings = (context.lexicon, sorted(context.labels.items()), context.topics, context.proposals)
    stamp = result_store.digest(_version(), repr(settings).encode())  # hashed once, as topics may be long
    made_of = [_digest(given, stamp) if storable(given) else b"" for given in inputs]
    stored = [store.get(each.source.slug, key) if key else None for each, key in zip(inputs, made_of, strict=True)]
    left = [each for each, known in zip(inputs, stored, strict=True) if known is None]
    made = parallel.process_all(left, context, executor, behind=behind)
    fresh = iter(made if behind else progress.track("Reading transcripts", made, len(left)))
    for at, (given, key) in enumerate(zip(inputs, made_of, strict=True)):
        result, stored[at] = stored[at], None
        if result is None:
            result = next(fresh)
            if key and result.transcript and MASK not in result.transcript.source:
                store.put(given.source.slug, key, result)
            else:
                store.drop(given.source.slug)  # an older result may contain what is private now
        yield result


def storable(given: TranscriptInput) -> bool:
    """Return whether a transcript's result may be stored: not if the sidecar may mark private passages."""
    if given.side is None:
        return True
    data = given.side.data.replace(b"\0", b"")  # in case it is UTF-16
    return b"private" not in data and b"\\" not in data  # an escape can spell any word


def process_pruned(
    store: ResultStore, inputs: Sequence[TranscriptInput], context: ReadingContext, executor: Executor | None = None
) -> Iterator[Processed]:
    """Prune the store, and yield what process_stored() does. inputs: all transcripts of the project."""
    prune(store, inputs)
    return process_stored(store, inputs, context, executor)


def prune(store: ResultStore, inputs: Iterable[TranscriptInput]) -> None:
    """Remove what is stored for transcripts that are gone or may have private passages now.

    inputs: all transcripts of the project.
    """
    store.keep(given.source.slug for given in inputs if storable(given))


def _digest(given: TranscriptInput, stamp: bytes) -> bytes:
    source, side = given.source, given.side
    names = (source.path, source.slug, source.folder, source.name, side.path if side else "", repr(given.show))
    parts = [*(part.encode() for part in names), source.data, side.data if side else b""]
    for each in given.versions:
        parts += [each.path.encode(), each.data]
    return result_store.digest(stamp, *parts)


@cache
def _version() -> bytes:
    """Return a digest of everything besides the inputs that results depend on: code, weights, libraries."""
    package = Path(talkbook.__file__).parent
    digest = sha256()
    for room in ("readers", "sources", "transcripts", "matching", "text", "book", "runtime", "model.py"):
        place = package / room
        files = [path for path in sorted(place.rglob("*")) if path.suffix in (".py", ".json")]  # .json: weights
        for path in files if place.is_dir() else [place]:
            digest.update(path.read_bytes())
    return digest.digest() + repr([version(each) for each in _LIBRARIES]).encode()


@dataclass(slots=True)
class _Known:
    given: TranscriptInput
    context: ReadingContext  # with which it was processed
    result: Processed


class TranscriptMemory:
    """The results in memory while serving, so that only transcripts that an edit concerns are processed again.

    If a change of the topics or the lexicon concerns so many that a curator would have to wait, they are processed in
    the background, and process_all() gives their old results meanwhile. When all are done, `ready` is called from
    another thread, and the next process_all() gives the new results. If one fails, `failed` is called instead, and the
    next process_all() tries again.
    """

    def __init__(self, ready: Callable[[], None], failed: Callable[[Exception], None]) -> None:
        self._ready, self._failed = ready, failed
        self.done = 0  # transcripts processed in the last process_all()
        self._known: dict[str, _Known] = {}  # by slug
        self._ahead: dict[str, _Known] = {}  # by slug; from the background, used once all are done
        self._thread: threading.Thread | None = None
        self._stop = threading.Event()
        self._lock = threading.Lock()

    def process_all(
        self, inputs: Sequence[TranscriptInput], context: ReadingContext, store: ResultStore
    ) -> Iterator[Processed]:
        """Return the results like process_stored(), some perhaps old at first, and forget all other transcripts."""
        self.stop()
        known, ahead = _unchanged(self._known, inputs), _unchanged(self._ahead, inputs)
        old = [*_outdated(known.values(), context)]
        for given, _ in [*_outdated(ahead.values(), context)]:
            del ahead[given.source.slug]
        now = [given for given in inputs if given.source.slug not in known]
        later: list[TranscriptInput] = []
        for first in (True, False):  # first those whose text changes; in the rest, only passages can change
            group = [given for given, corrected in old if corrected is first]
            left = [given for given in group if given.source.slug not in ahead]
            if sum(len(given.source.data) for given in left) > _AT_ONCE:
                later += left
            else:
                now += left
                known |= {slug: ahead.pop(slug) for given in group if (slug := given.source.slug) in ahead}
        self.done = len(now)
        prune(store, inputs)
        for given, result in zip(now, process_stored(store, now, context), strict=True):
            known[given.source.slug] = _Known(given, context, result)
        self._known, self._ahead = known, ahead
        if later:
            self._thread = threading.Thread(target=self._read, args=(later, context, store, self._stop), daemon=True)
            self._thread.start()
        return iter([known[given.source.slug].result for given in inputs])

    @property
    def behind(self) -> bool:
        """Whether transcripts are being processed in the background."""
        return self._thread is not None

    def wait(self) -> None:
        """Wait until the processing in the background is done."""
        if self._thread:
            self._thread.join()
            self._thread = None

    def stop(self) -> None:
        """Stop the processing in the background, without waiting for what is under way, which may take seconds."""
        with self._lock:
            self._stop.set()
        self._stop = threading.Event()
        self._thread = None

    def _read(
        self, inputs: Sequence[TranscriptInput], context: ReadingContext, store: ResultStore, stop: threading.Event
    ) -> None:
        try:
            for given, result in zip(inputs, process_stored(store, inputs, context, behind=True), strict=True):
                with self._lock:
                    if stop.is_set():
                        return
                    slug = given.source.slug
                    self._ahead[slug] = _Known(given, context, _reusing_equal(self._known[slug].result, result))
        except Exception as error:  # reported, since no caller waits for this thread
            if not stop.is_set():
                self._failed(error)
            return
        self._ready()


def _unchanged(known: Mapping[str, _Known], inputs: Iterable[TranscriptInput]) -> dict[str, _Known]:
    """Return what is known for those inputs that haven't changed."""
    slugs = ((given.source.slug, given) for given in inputs)
    return {slug: each for slug, given in slugs if (each := known.get(slug)) and each.given == given}


def _reusing_equal(before: Processed, now: Processed) -> Processed:
    """Return `now`, reusing equal objects of `before`, since other results are memoized by their identity."""
    if before == now:
        return before
    return replace(now, transcript=before.transcript) if before.transcript == now.transcript else now


def _outdated(known: Iterable[_Known], context: ReadingContext) -> Iterator[tuple[TranscriptInput, bool]]:
    """Yield (input, whether its corrections change) for each transcript on which `context` has an effect.

    All others are recorded as processed with it.
    """
    changes: dict[int, tuple[Lexicon, bool]] = {}  # by the id of the earlier context
    for each in known:
        if each.context is context:
            continue
        before = each.context
        if id(before) not in changes:
            others = replace(before, lexicon=context.lexicon) != context
            changes[id(before)] = _changed_corrections(before.lexicon, context.lexicon), others
        lexicon, others = changes[id(before)]
        corrected = bool(present(lexicon, each.result.transcript.source if each.result.transcript else ""))
        if corrected or others:
            yield each.given, corrected
        else:
            each.context = context


def _changed_corrections(before: Lexicon, now: Lexicon) -> Lexicon:
    """Return a lexicon of the corrections that were added or removed."""
    one, other = ({replace(entry, line=0) for entry in each.entries} for each in (before, now))
    return Lexicon(entries=tuple(one ^ other))
