"""Exchange rates brought in from a file in the window: whose they are, what changes, and only then the deed."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

from PySide6.QtWidgets import QLabel, QPushButton

from db.commands.entries import add
from db.models import ExchangeRate
from db.queries.exchange_rates import held_rates
from desktop.ui.desk import Desk
from desktop.ui.dialogs.rates_file import RatesDialog
from desktop.ui.main_window import MainWindow

INFOREURO = "ISO A3 Code;Value\nCDF;3037,5\nEUR;1\nUSD;1,0846\nXAF;n/a\n"


def test_rates_of_a_month_come_in_after_they_were_shown(
    window: Callable[..., MainWindow], settled: Callable[[], None], desk: Desk, tmp_path: Path
) -> None:
    rate = {"currency": "CDF", "base": "EUR", "valid_from": date(2026, 3, 1), "rate": Decimal(3000)}
    desk.record.write(add, ExchangeRate, rate | {"source": "inforeuro"})
    file = tmp_path / "taux.csv"
    file.write_text(INFOREURO, encoding="utf-8")
    shown = window("en")
    shown.go("exchange-rates")
    settled()
    assert any(each.text() == "Rates from a file…" for each in shown.page.findChildren(QPushButton))
    dialog = RatesDialog(desk, file, shown)
    settled()
    assert "does not say of which month" in said(dialog)
    dialog.month.setText("17/03/2026")
    dialog.read()
    settled()
    for sentence in ("InforEuro, for one EUR", "1 rate is new.", "1 rate changes.", "1 row is left out:"):
        assert sentence in said(dialog)
    dialog._bring_in()
    settled()
    rates = desk.record.read(held_rates).rates
    assert {key[1]: rate for key, (_id, rate) in rates.items()} == {"CDF": Decimal("3037.5"), "USD": Decimal("1.0846")}


def said(dialog: RatesDialog) -> str:
    return "\n".join(each.text() for each in dialog.findChildren(QLabel) if each.text())
