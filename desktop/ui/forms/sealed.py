"""The input of sealed text: what stands in the record is ciphertext, which only some key slots open."""

from typing import Any

from desktop.ui.forms.inputs import LongTextEdit


class SealedEdit(LongTextEdit):
    """Sealed text. What is sealed already is not shown here: it is opened with a reason, elsewhere."""

    def show_value(self, value: Any) -> None:
        super().show_value("")
