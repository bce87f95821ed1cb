"""What was made of each transcript: kept in files between builds, and in memory while somebody edits."""

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

_AT_ONCE = 1_500_000  # bytes of transcripts that a person who edits waits for; more is read while the old is shown
# On which it depends what is read and found.
_LIBRARIES = ("selectolax", "ahocorasick-rs", "numpy", "PyStemmer", "stopwordsiso", "rapidfuzz")


def process_stored(
    store: ResultStore,
    inputs: Sequence[TranscriptInput],
    context: ReadingContext,
    executor: Executor | None = None,
    *,
    behind: bool = False,
) -> Iterator[Processed]:
    """As parallel.process_all(), with what an earlier build has stored, and its progress on a terminal."""
    settings = (context.lexicon, sorted(context.labels.items()), context.topics, context.proposals)
    stamp = result_store.digest(_version(), repr(settings).encode())  # once: topics are as long as many transcripts
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
                store.drop(given.source.slug)  # what was made of it before may say what is private now
        yield result


def storable(given: TranscriptInput) -> bool:
    """Whether what is made of a transcript may be stored: never where it may have private words."""
    if given.side is None:
        return True
    data = given.side.data.replace(b"\0", b"")  # of UTF-16
    return b"private" not in data and b"\\" not in data  # with which YAML can write any word otherwise


def process_pruned(
    store: ResultStore, inputs: Sequence[TranscriptInput], context: ReadingContext, executor: Executor | None = None
) -> Iterator[Processed]:
    """As process_stored(), for all transcripts that there are."""
    prune(store, inputs)
    return process_stored(store, inputs, context, executor)


def prune(store: ResultStore, inputs: Iterable[TranscriptInput]) -> None:
    """Leave nothing in the store of transcripts that are no more, or that have private words by now."""
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
    """What stands for the code that reads and matches: another may give another result."""
    package = Path(talkbook.__file__).parent
    digest = sha256()
    for room in ("readers", "sources", "transcripts", "matching", "text", "book", "runtime", "model.py"):
        place = package / room
        files = [path for path in sorted(place.rglob("*")) if path.suffix in (".py", ".json")]  # weights are code, too
        for path in files if place.is_dir() else [place]:
            digest.update(path.read_bytes())
    return digest.digest() + repr([version(each) for each in _LIBRARIES]).encode()


@dataclass(slots=True)
class _Known:
    given: TranscriptInput
    context: ReadingContext  # that it was read with
    result: Processed


class TranscriptMemory:
    """Reads only what it has not read before, and where that is much, reads it behind the build.

    What a change of the topics or the lexicon concerns is then given as it was, until all of it is read again; then
    `ready` is called from another thread, and the next round has it. Where that fails, `failed` is called instead, and
    the next round tries again.
    """

    def __init__(self, ready: Callable[[], None], failed: Callable[[Exception], None]) -> None:
        self._ready, self._failed = ready, failed
        self.done = 0  # transcripts read in the last round
        self._known: dict[str, _Known] = {}  # by slug
        self._ahead: dict[str, _Known] = {}  # read again, and given when all is: a part would cost every round
        self._thread: threading.Thread | None = None
        self._stop = threading.Event()
        self._lock = threading.Lock()

    def process_all(
        self, inputs: Sequence[TranscriptInput], context: ReadingContext, store: ResultStore
    ) -> Iterator[Processed]:
        """As process_stored(). What this round does not ask for is forgotten."""
        self.stop()
        known, ahead = _of(self._known, inputs), _of(self._ahead, inputs)
        old = [*_outdated(known.values(), context)]
        for given, _ in [*_outdated(ahead.values(), context)]:
            del ahead[given.source.slug]
        now = [given for given in inputs if given.source.slug not in known]
        later: list[TranscriptInput] = []
        for first in (True, False):  # what is corrected otherwise reads otherwise; the rest is about what it says
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
        """Whether something is being read."""
        return self._thread is not None

    def wait(self) -> None:
        """Wait until what is being read is there."""
        if self._thread:
            self._thread.join()
            self._thread = None

    def stop(self) -> None:
        """Stop reading behind. What is being read just now may take seconds, and is not waited for."""
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
                    self._ahead[slug] = _Known(given, context, _same(self._known[slug].result, result))
        except Exception as error:  # whatever it is, somebody has to hear of it
            if not stop.is_set():
                self._failed(error)
            return
        self._ready()


def _of(known: Mapping[str, _Known], inputs: Iterable[TranscriptInput]) -> dict[str, _Known]:
    """What is known of just these."""
    slugs = ((given.source.slug, given) for given in inputs)
    return {slug: each for slug, given in slugs if (each := known.get(slug)) and each.given == given}


def _same(before: Processed, now: Processed) -> Processed:
    """What is read now, in the very objects of before where it is the same: what is made of them is known then."""
    if before == now:
        return before
    return replace(now, transcript=before.transcript) if before.transcript == now.transcript else now


def _outdated(known: Iterable[_Known], context: ReadingContext) -> Iterator[tuple[TranscriptInput, bool]]:
    """What would be read otherwise with `context`, and whether it would be corrected otherwise.

    All else is noted as read with it.
    """
    changes: dict[int, tuple[Lexicon, bool]] = {}  # by the id of the context before
    for each in known:
        if each.context is context:
            continue
        before = each.context
        if id(before) not in changes:
            others = replace(before, lexicon=context.lexicon) != context
            changes[id(before)] = _changed(before.lexicon, context.lexicon), others
        lexicon, others = changes[id(before)]
        corrected = bool(present(lexicon, each.result.transcript.source if each.result.transcript else ""))
        if corrected or others:
            yield each.given, corrected
        else:
            each.context = context


def _changed(before: Lexicon, now: Lexicon) -> Lexicon:
    """The corrections that have come or gone."""
    one, other = ({replace(entry, line=0) for entry in each.entries} for each in (before, now))
    return Lexicon(entries=tuple(one ^ other))
