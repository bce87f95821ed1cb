"""What all tests share: hypothesis without deadlines, compiled templates, and the repository's folder."""

import logging
import os
from collections.abc import Iterator
from pathlib import Path

import jinja2
import pytest
from hypothesis import HealthCheck, settings
from jinja2.bccache import Bucket
from mkdocs.theme import Theme

os.environ["NO_MKDOCS_2_WARNING"] = "1"  # Material's advertisement, not a warning of ours

settings.register_profile("here", deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("here")


@pytest.fixture(scope="session")
def root() -> Path:
    """The repository's folder."""
    return Path(__file__).parents[1]


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "slow: takes seconds; leave it out with -m 'not slow' while working")


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup() -> None:
    """Let no earlier MkDocs command in this process keep a later build from logging its messages."""
    log = logging.getLogger("mkdocs")
    log.setLevel(logging.NOTSET)
    log.propagate = True


class _CompiledTemplates(jinja2.BytecodeCache):
    """A cache of the theme's compiled templates for later tests; Jinja recompiles a template once it changes.

    Compiling Material's templates took half the time of building a small project.
    """

    def __init__(self) -> None:
        self._code: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self._code:
            bucket.bytecode_from_string(self._code[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._code[bucket.key] = bucket.bytecode_to_string()


@pytest.fixture(scope="session", autouse=True)
def _compile_themes_once() -> Iterator[None]:
    compiled, get_env = _CompiledTemplates(), Theme.get_env

    def with_cache(theme: Theme) -> jinja2.Environment:
        env = get_env(theme)
        env.bytecode_cache = compiled
        return env

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Theme, "get_env", with_cache)
        yield
