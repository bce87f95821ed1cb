"""Pages in a real browser that watch what they ask for."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, Page


@contextmanager
def opened(browser: Browser, own: Callable[[str], bool] = lambda url: True, **options: Any) -> Iterator[Page]:
    """Yield a page in a browser context of its own. Script errors, and requests that aren't `own`, fail the test."""
    context = browser.new_context(reduced_motion="reduce", **options)
    asked: list[str] = []
    errors: list[str] = []
    context.on("request", lambda each: asked.append(each.url))
    context.on("weberror", lambda each: errors.append(str(each.error)))
    tab = context.new_page()
    tab.set_default_timeout(30_000)
    yield tab
    context.close()
    assert [url for url in asked if not own(url)] == []
    assert errors == []
