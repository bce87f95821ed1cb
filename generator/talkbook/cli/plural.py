"""Counted things, as the sentences of commands name them."""


def count(number: int, one: str, many: str = "") -> str:
    """ "1 error", "2 errors". many: the plural, where it is not `one` with an s."""
    return f"{number} {one if number == 1 else many or f'{one}s'}"
