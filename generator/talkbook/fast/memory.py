"""What was made of each source, kept from build to build of `mkdocs serve` by the source's content."""

from collections.abc import Callable, Sequence
from concurrent.futures import Executor, Future
from typing import Any


class Remembering(Executor):
    """An executor that runs work here, and only such as it has not done before.

    It takes functions of (common, items) that give one result for each item, such as
    `talkbook.stage` submits; an item's result depends on `common` and the item alone, and
    both can be compared by value. What one round of work did not ask for is forgotten.
    """

    def __init__(self) -> None:
        self.done = 0  # items worked on in the last round
        self._common: object = None
        self._known: dict[Any, Any] = {}
        self._asked: dict[Any, Any] = {}

    def begin(self) -> None:
        """Start a round: whatever the round before did not ask for is forgotten."""
        self._known, self._asked, self.done = self._asked, {}, 0

    def submit(self, work: Callable[..., Any], /, *given: Any, **named: Any) -> Future[Any]:
        """The results for given = (common, items), at once."""
        common, items = given
        assert not named, "it knows of nothing else that results could depend on"
        if common != self._common:
            self._common, self._known = common, {}
        answer: Future[Any] = Future()
        try:
            answer.set_result(self._results(work, common, items))
        except Exception as error:
            answer.set_exception(error)
        return answer

    def _results(self, work: Callable[..., Any], common: Any, items: Sequence[Any]) -> list[Any]:
        missing = [item for item in items if item not in self._known]
        self.done += len(missing)
        fresh = dict(zip(missing, work(common, missing), strict=True)) if missing else {}
        results = [fresh[item] if item in fresh else self._known[item] for item in items]
        self._asked.update(zip(items, results, strict=True))
        return results
