"""Processing on several machines: the executor of a running Dask cluster."""

from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from typing import Any

from mkdocs.exceptions import PluginError

_SECONDS = 20  # to wait for the scheduler's answer


@contextmanager
def executor(address: str) -> Iterator[Executor | None]:
    """Yield an executor on the cluster whose scheduler is at `address`, such as tcp://10.0.0.1:8786; None for "".

    Raises PluginError, which says what to do, if Dask isn't installed or no scheduler answers.
    """
    if not address:
        yield None
        return
    try:
        from distributed import Client  # noqa: PLC0415
    except ImportError:
        raise PluginError(
            "mkdocs.yml: The option cluster needs Dask. Install talkbook[cluster], or remove the option."
        ) from None
    try:
        connect: Any = Client  # untyped
        client = connect(address, timeout=_SECONDS)
    except (OSError, ValueError) as error:
        raise PluginError(
            f'mkdocs.yml: No scheduler answers at "{address}": {error}. Start one with `dask scheduler`, or remove '
            "the option cluster."
        ) from None
    with client, client.get_executor() as pool:
        yield pool
