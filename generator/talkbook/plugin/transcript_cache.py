"""What was made of each transcript, kept from build to build of `mkdocs serve`."""

import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace

from talkbook.book import parallel
from talkbook.book.pipeline import Processed, ReadingContext, TranscriptInput
from talkbook.runtime import progress
from talkbook.sources.lexicon import Lexicon, present

_AT_ONCE = 500_000  # bytes of transcripts that a person who edits waits for; more is heard while the old is shown


@dataclass(slots=True)
class _Known:
    work: TranscriptInput
    common: ReadingContext  # that it was heard with
    heard: Processed


def shown(
    works: Sequence[TranscriptInput], common: ReadingContext, executor: Executor | None = None
) -> Iterator[Processed]:
    """As parallel.process_all(), with its progress on a terminal."""
    return progress.shown("Reading transcripts", parallel.process_all(works, common, executor), len(works))


class Memory:
    """Hears only what it has not heard before, and where that is much, hears it while the build goes on.

    What a change of the topics or the lexicon concerns is then given as it was, until all of it is
    heard again; then `ready` is called from another thread, and each() of the next build has it.
    """

    def __init__(self, ready: Callable[[], None] = lambda: None) -> None:
        self.ready = ready
        self.done = 0  # transcripts heard in the last round
        self._known: dict[str, _Known] = {}  # by slug
        self._ahead: dict[str, _Known] = {}  # heard again, and given when all is: a part would cost every build
        self._thread: threading.Thread | None = None
        self._stop = threading.Event()
        self._lock = threading.Lock()

    def each(self, works: Sequence[TranscriptInput], common: ReadingContext) -> Iterator[Processed]:
        """As pipeline.process_all(). What this round does not ask for is forgotten."""
        self._halt()
        known, ahead = _of(self._known, works), _of(self._ahead, works)
        old = [*_outdated(known.values(), common)]
        for work, _ in [*_outdated(ahead.values(), common)]:
            del ahead[work.source.slug]
        now = [work for work in works if work.source.slug not in known]
        later: list[TranscriptInput] = []
        for first in (True, False):  # what is corrected otherwise reads otherwise; the rest is about what it says
            group = [work for work, corrected in old if corrected is first]
            left = [work for work in group if work.source.slug not in ahead]
            if sum(len(work.source.data) for work in left) > _AT_ONCE:
                later += left
            else:
                now += left
                known |= {slug: ahead.pop(slug) for work in group if (slug := work.source.slug) in ahead}
        self.done = len(now)
        for work, heard in zip(now, shown(now, common), strict=True):
            known[work.source.slug] = _Known(work, common, heard)
        self._known, self._ahead = known, ahead
        if later:
            self._thread = threading.Thread(target=self._hear, args=(later, common, self._stop), daemon=True)
            self._thread.start()
        return iter([known[work.source.slug].heard for work in works])

    @property
    def behind(self) -> bool:
        """Whether something is being heard."""
        return self._thread is not None

    def wait(self) -> None:
        """Wait until what is being heard is there."""
        if self._thread:
            self._thread.join()
            self._thread = None

    def _halt(self) -> None:
        """Stop hearing behind the build. What is being heard just now may take seconds, and is not waited for."""
        with self._lock:
            self._stop.set()
        self._stop = threading.Event()
        self._thread = None

    def _hear(self, works: Sequence[TranscriptInput], common: ReadingContext, stop: threading.Event) -> None:
        for work, heard in zip(works, parallel.process_all(works, common, behind=True), strict=True):
            with self._lock:
                if stop.is_set():
                    return
                slug = work.source.slug
                self._ahead[slug] = _Known(work, common, _same(self._known[slug].heard, heard))
        self.ready()


def _of(known: Mapping[str, _Known], works: Iterable[TranscriptInput]) -> dict[str, _Known]:
    """What is known of just these works."""
    slugs = ((work.source.slug, work) for work in works)
    return {slug: each for slug, work in slugs if (each := known.get(slug)) and each.work == work}


def _same(before: Processed, now: Processed) -> Processed:
    """What is heard now, in the very objects of before where it is the same: what is made of them is known then."""
    if before == now:
        return before
    return replace(now, transcript=before.transcript) if before.transcript == now.transcript else now


def _outdated(known: Iterable[_Known], common: ReadingContext) -> Iterator[tuple[TranscriptInput, bool]]:
    """What would be heard otherwise with `common`, and whether it would be corrected otherwise.

    All else is noted as heard with it.
    """
    changes: dict[int, tuple[Lexicon, bool]] = {}  # by the id of what was common before
    for each in known:
        if each.common is common:
            continue
        before = each.common
        if id(before) not in changes:
            others = (before.topics, before.labels) != (common.topics, common.labels)
            changes[id(before)] = _changed(before.lexicon, common.lexicon), others
        lexicon, others = changes[id(before)]
        corrected = bool(present(lexicon, each.heard.transcript.source if each.heard.transcript else ""))
        if corrected or others:
            yield each.work, corrected
        else:
            each.common = common


def _changed(before: Lexicon, now: Lexicon) -> Lexicon:
    """The corrections that have come or gone."""
    one, other = ({replace(entry, line=0) for entry in each.entries} for each in (before, now))
    return Lexicon(entries=tuple(one ^ other))
