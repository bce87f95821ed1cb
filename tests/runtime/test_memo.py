"""A memoised function is called once for the same object, and again for any other."""

from talkbook.runtime.memo import memoize_last


def test_the_last_result_is_given_again() -> None:
    made: list[object] = []

    @memoize_last
    def copy(value: list[int]) -> list[int]:
        made.append(value)
        return list(value)

    one, other = [1], [1]
    assert copy(one) is copy(one)
    assert copy(other) == [1]
    assert copy(other) is not copy(one)
    assert made == [one, other, one]
