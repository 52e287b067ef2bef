"""The input of how coarsely a report is told: of its kind's ways, any; kept as their codes."""

from collections.abc import Collection
from typing import Any

from desktop.reports.coarser import COARSER
from desktop.ui.forms.choices import ChoicesEdit
from desktop.ui.language import _


class CoarserEdit(ChoicesEdit):
    """Ways of telling a report more coarsely, instead of hiding its small counts one by one."""

    def __init__(self) -> None:
        super().__init__([(code, _(name)) for code, name in COARSER.items()])

    def offer(self, ways: Collection[str]) -> None:
        """Offer these ways alone."""
        for code, box in self._boxes.items():
            box.setVisible(code in ways)
        if offered := [box for code, box in self._boxes.items() if code in ways]:
            self.setFocusProxy(offered[0])  # Tab would stop for good before a box that is hidden

    def value(self, field: str) -> Any:
        return ", ".join(super().value(field)) or None

    def show_value(self, value: Any) -> None:
        super().show_value([one.strip() for one in (value or "").split(",")])

    def state(self) -> Any:
        return self.value("")
