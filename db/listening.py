"""Who is told when something happened, until they stop."""

from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class Listeners(Generic[T]):
    """Those who listen to one sort of news; they are told in whatever thread brings it."""

    def __init__(self) -> None:
        self._callbacks: list[Callable[[T], object]] = []

    def listen(self, callback: Callable[[T], object]) -> Callable[[], None]:
        """Tell this one from now on; the answer stops it."""
        self._callbacks.append(callback)
        return lambda: self._callbacks.remove(callback)

    def tell(self, news: T) -> None:
        """Tell everybody."""
        for callback in list(self._callbacks):
            callback(news)
