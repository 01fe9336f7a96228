"""Memories of what functions say of words: a newspaper's vocabulary is met again and again."""

from collections.abc import Callable, Hashable
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class Remembered(dict[Key, Value]):
    """What a pure function of one argument returns: ``memory[key]`` asks it once and is a plain look-up then.

    Unlike :func:`functools.lru_cache` it keeps no order of use, which costs more than the look-up; beyond ``most``
    keys it forgets all.
    """

    __slots__ = ("_ask", "_most")

    def __init__(self, ask: Callable[[Key], Value], most: int) -> None:
        """Remember nothing yet."""
        super().__init__()
        self._ask = ask
        self._most = most

    def __missing__(self, key: Key) -> Value:
        """Ask the function."""
        if len(self) >= self._most:
            self.clear()
        value = self[key] = self._ask(key)
        return value
