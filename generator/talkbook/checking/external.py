"""Asking other sites whether our links to them still lead somewhere: politely, and seldom."""

import json
import re
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from html import unescape
from http.client import HTTPException
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

from talkbook.pages.page import Page
from talkbook.problems import Problem

_HREF = re.compile(r'\shref="(https?://[^"]+)"')
_GONE = (404, 410)
_TIMEOUT, _PAUSE = 15.0, 1.0  # seconds: for an answer; between two questions to one host
_HOSTS = 8  # asked at the same time, each one question at a time
_FRESH = 7 * 24 * 3600  # seconds for which a good answer is believed
_AGENT = "Mozilla/5.0 (compatible; talkbook check --external)"

Ask = Callable[[str], "Answer"]


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server said of an address: an HTTP status, 0 if it said nothing, and in words what went wrong."""

    status: int
    reason: str = ""


class Cache:
    """The good answers of the last days, kept in a file: {address: time of the answer}."""

    def __init__(self, path: Path) -> None:
        self._path, self._good = path, _read(path)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._path.write_text(json.dumps(self._good, indent=1, sort_keys=True) + "\n", "utf-8")

    def fresh(self, address: str) -> bool:
        """Whether the address was good a few days ago."""
        return time.time() - self._good.get(address, 0.0) < _FRESH

    def add(self, address: str) -> None:
        """Remember a good answer."""
        self._good[address] = time.time()


def links(pages: Iterable[Page]) -> Mapping[str, str]:
    """Every address of another site on the pages, without its hash, and the source of the first page that has it."""
    found: dict[str, str] = {}
    for page in pages:
        for href in _HREF.findall(page.html):
            found.setdefault(unescape(href).partition("#")[0], page.source or page.uri)
    return found


def problems(
    addresses: Mapping[str, str], cache: Cache, ask: Ask | None = None, pause: float = _PAUSE
) -> Iterator[Problem]:
    """An error for each address that is gone, a warning for each that gave no good answer.

    addresses: as `links` gives them. cache: the good answers so far; new ones are added. ask: how to ask for one,
    over the network if not given. pause: seconds between two questions to one host.
    """
    hosts: dict[str, list[str]] = {}
    for address in addresses:
        if not cache.fresh(address):
            hosts.setdefault(address.split("/")[2], []).append(address)  # urlsplit() raises for http://[x
    with ThreadPoolExecutor(_HOSTS) as pool:
        answers = pool.map(lambda queue: list(_host(queue, ask or request, pause)), hosts.values())
        for address, answer in (pair for pairs in answers for pair in pairs):
            if 200 <= answer.status < 400:
                cache.add(address)
            else:
                yield _problem(addresses[address], address, answer)


def _host(queue: list[str], ask: Ask, pause: float) -> Iterator[tuple[str, Answer]]:
    """The answers of one host. One that is silent is not asked again: its other addresses get the same answer."""
    answer = Answer(200)
    for number, address in enumerate(queue):
        if answer.status:
            time.sleep(pause if number else 0)
            answer = ask(address)
        yield address, answer


def _problem(path: str, address: str, answer: Answer) -> Problem:
    said = answer.reason if not answer.status else f"the server says {answer.status} {answer.reason}".rstrip()
    if answer.status in _GONE:
        return Problem(path, 0, f"{address} is gone: {said}.", "Link to where it is now, or to an archived copy.")
    return Problem(path, 0, f"{address} could not be checked: {said}.", "Open it in a browser.", warning=True)


def request(address: str) -> Answer:
    """Ask for an address with HEAD, and with GET where that is not answered well."""
    answer = _send(address, "HEAD")
    return answer if 200 <= answer.status < 400 else _send(address, "GET")


def _send(address: str, method: str) -> Answer:
    try:
        asked = Request(address, method=method, headers={"User-Agent": _AGENT, "Accept": "*/*"})
        with urlopen(asked, timeout=_TIMEOUT) as answer:
            return Answer(answer.status)
    except HTTPError as error:
        with error:
            return Answer(error.code, str(error.reason))
    except (URLError, HTTPException, OSError, ValueError) as error:
        return Answer(0, " ".join(str(getattr(error, "reason", "") or error or type(error).__name__).split()))


def _read(path: Path) -> dict[str, float]:
    try:
        found = json.loads(path.read_text("utf-8"))
        return {str(address): float(moment) for address, moment in found.items()}
    except (OSError, ValueError, AttributeError, TypeError):
        return {}  # no cache yet, or a damaged one: ask again
