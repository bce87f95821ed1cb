"""Fixtures: the real site, served, and a real browser."""

import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Error, Page, expect, sync_playwright
from tabs import opened

import building
from making import ROOT

FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]

expect.set_options(timeout=30_000)  # ms, as for pages: on a busy machine, much takes seconds


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the built site."""
    folder = tmp_path_factory.mktemp("served")
    building.build(ROOT, folder)
    return folder


@pytest.fixture(scope="session")
def address(built: Path) -> Iterator[str]:
    """The address of the served site."""
    with building.served(built) as where:
        yield where


@pytest.fixture(scope="session")
def quotes(built: Path) -> list[dict[str, Any]]:
    """The content of quotes.json."""
    return list(json.loads((built / "quotes.json").read_text("utf-8")))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The system's Chromium or, failing that, Playwright's."""
    with sync_playwright() as playwright:
        found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
        try:
            chromium = playwright.chromium.launch(executable_path=found, args=FLAGS)
        except Error as error:
            if os.environ.get("CI"):
                raise
            pytest.skip(f"there is no Chromium here: {error.message.splitlines()[0]}")
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser: Browser, address: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page that may make no requests to other hosts.

    Parametrise indirectly with options of the context, such as {"java_script_enabled": False}.
    """
    own = lambda url: urlsplit(url).hostname in ("127.0.0.1", None)  # noqa: E731
    with opened(browser, own, base_url=address, **getattr(request, "param", {})) as tab:
        yield tab
