"""What all tests share: hypothesis without a clock, and the address of the repository."""

import logging
import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

os.environ["NO_MKDOCS_2_WARNING"] = "1"  # Material's advertisement, which is no warning of ours

settings.register_profile("here", deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("here")


@pytest.fixture(scope="session")
def root() -> Path:
    """The folder of this repository."""
    return Path(__file__).parents[1]


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "slow: takes seconds; leave it out with -m 'not slow' while working")


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup() -> None:
    """A command of MkDocs that ran in this process keeps no later build from saying what is wrong."""
    log = logging.getLogger("mkdocs")
    log.setLevel(logging.NOTSET)
    log.propagate = True
