"""The input of sealed text: what stands in the record is ciphertext, which only some key slots open."""

from typing import Any

from desktop.ui.forms.inputs import LongTextEdit
from desktop.ui.language import _


class SealedEdit(LongTextEdit):
    """Sealed text. What is sealed already is opened elsewhere, with a reason; what is typed here takes its place."""

    def __init__(self) -> None:
        super().__init__()
        self._sealed: str | None = None

    def value(self, field: str) -> Any:
        return super().value(field) or self._sealed

    def show_value(self, value: Any) -> None:
        self._sealed = value
        self.setPlaceholderText(_("Sealed. What you type here takes its place.") if value else "")
        super().show_value("")

    def show_state(self, state: Any) -> None:
        LongTextEdit.show_value(self, str(state or ""))
