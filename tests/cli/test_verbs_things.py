"""Listing, adding and putting right from a terminal: the reader's words, a machine's values, the window's deeds."""

import io
import json
from pathlib import Path
from typing import Any

import pytest

from db.fields import Kind
from db.queries.kinds import KINDS
from desktop.cli import run
from tests.cli.verbs import Said, refusal, told


def add(capsys: Said, at: list[str], kind: str, **values: Any) -> str:
    return str(told(capsys, "add", kind, *at, "--json", json.dumps(values))["id"])


def test_an_agreement_is_written_listed_and_put_right(at: list[str], capsys: Said) -> None:
    partner = add(capsys, at, "partners", name="Femmes debout", acronym="FDB", country="CD")
    amount = {"amount": "12500.50", "currency": "EUR"}
    values = {
        "title": "Écoute",
        "partner_id": "fdb".upper(),
        "type": "project",
        "starts_on": "2026-01-31",
        "amount": amount,
    }
    agreement = add(capsys, at, "agreements", **values)
    (listed,) = told(capsys, "list", "agreements", *at, "--json", "--where", "partner_id=FDB")
    assert listed["id"] == agreement
    assert (listed["amount"], listed["partner_id"], listed["starts_on"]) == (amount, "Femmes debout", "2026-01-31")
    assert told(capsys, "edit", "agreements", agreement, *at, "--json", '{"amount": "0.05"}') == {"id": agreement}
    assert run(["edit", "partners", partner, *at, "--json", '{"name": "Femmes levées"}']) == 0
    assert run(["list", "agreements", *at, "--language", "fr", "--where", "ecoute"]) == 0
    said = capsys.readouterr().out
    assert "0,05\u00a0EUR" in said.replace("\u202f", "\u00a0")
    assert "31 janv. 2026" in said
    assert "Femmes levées" in said
    assert [one["name"] for one in told(capsys, "list", "partners", *at, "--json", "--where", "fdb")] == [
        "Femmes levées"
    ]
    history = told(capsys, "history", *at, "--json")
    assert len(history) == 5


def test_an_amount_stays_as_it_reads_where_only_its_currency_is_put_right(at: list[str], capsys: Said) -> None:
    partner = add(capsys, at, "partners", name="Femmes debout")
    amount = {"amount": "12500", "currency": "USD"}
    agreement = add(capsys, at, "agreements", title="Écoute", partner_id=partner, type="project", amount=amount)
    for currency, kept in (("JPY", "12500"), ("LYD", "12500.000")):
        told(capsys, "edit", "agreements", agreement, *at, "--json", json.dumps({"currency": currency}))
        (listed,) = told(capsys, "list", "agreements", *at, "--json")
        assert listed["amount"] == {"amount": kept, "currency": currency}


def test_what_is_given_on_standard_input_is_read(at: list[str], capsys: Said, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO('{"name": "نساء واقفات", "roles": ["donor"]}'))
    id = told(capsys, "add", "organisations", *at, "--json")["id"]
    assert [one["id"] for one in told(capsys, "list", "donors", *at, "--json", "--where", "واقفات")] == [id]
    assert told(capsys, "list", "partners", *at, "--json") == []


def test_countries_languages_choices_and_yes_are_in_words(at: list[str], capsys: Said) -> None:
    partner = add(capsys, at, "partners", name="Femmes debout", country="CD", type="national_ngo", women_rights=True)
    add(capsys, at, "contacts", name="Furaha Essai", organisation_id=partner, language="sw")
    capsys.readouterr()
    assert run(["list", "contacts", *at, "--language", "ar"]) == 0
    assert "السواحلية" in capsys.readouterr().out
    assert len(told(capsys, "list", "partners", *at, "--json", "--where", "women_rights=yes")) == 1
    assert len(told(capsys, "list", "partners", *at, "--json", "--where", "women_rights=no")) == 0


@pytest.mark.parametrize(
    ("kind", "given", "said"),
    [
        ("partners", '{"name": "x", "colour": "red"}', "colour"),
        ("partners", "[]", "JSON"),
        ("partners", '{"name": ', "JSON"),
        ("partners", "[" * 100_000, "JSON"),
        ("partners", "{}", ""),
        ("partners", '{"name": 5}', ""),
        ("partners", '{"name": "x", "roles": ["queen"]}', ""),
        ("partners", '{"name": "\\ud800"}', ""),
        ("contributions", '{"title": "x", "donor_id": "nobody"}', "nobody"),
        ("exchange-rates", '{"valid_from": "2026-13-01", "currency": "CDF", "base": "USD", "rate": "1"}', ""),
        (
            "exchange-rates",
            '{"valid_from": "2026-01-01", "currency": "CDF", "base": "USD", "rate": "1e9999999999"}',
            "",
        ),
        ("exchange-rates", '{"valid_from": "2026-01-01", "currency": "CDF", "base": "USD", "rate": 1.5}', ""),
        ("agreements", '{"title": "x", "amount": {"amount": "1.001", "currency": "EUR"}}', ""),
        ("agreements", '{"title": "x", "amount": {"amount": "1", "currency": ["EUR"]}}', ""),
        ("agreements", '{"title": "x", "amount": {"amount": "1", "currency": "EUR"}, "currency": "USD"}', ""),
        ("agreements", '{"title": "x", "amount": "1"}', ""),
    ],
)
def test_what_cannot_be_is_refused_in_one_line_and_changes_nothing(
    at: list[str], capsys: Said, kind: str, given: str, said: str
) -> None:
    assert said in refusal(capsys, "add", kind, *at, "--json", given)
    assert told(capsys, "list", kind, *at, "--json") == []


@pytest.mark.parametrize("typed", ["x" * 10_000, "\ud800", "a\0b", "\x1b[31m", "a\nb", '"*', "=cmd|'/c calc'!A0"])
def test_whatever_is_typed_ends_in_one_line(
    at: list[str], capsys: Said, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, typed: str
) -> None:
    monkeypatch.chdir(tmp_path)
    for arguments in (
        ["add", "partners", "--json", typed],
        ["add", typed, "--json", "{}"],
        ["edit", "partners", typed, "--json", "{}"],
        ["add", "contacts", "--json", json.dumps({"name": "x", "organisation_id": typed})],
        ["list", "contacts", "--where", f"organisation_id={typed}"],
        ["export", "raw", "--kind", typed, "--out", "a.xlsx"],
    ):
        capsys.readouterr()
        assert run([*arguments[:1], *at, *arguments[1:]]) in (1, 2), arguments
        printed = capsys.readouterr()
        assert printed.out == "" and len(printed.err.splitlines()) == 1 and len(printed.err) < 1500
        assert "\x1b" not in printed.err
    assert run(["list", "partners", *at, "--where", typed.replace("=", "")]) == 0


def test_an_id_that_is_none_or_gone_is_refused(at: list[str], capsys: Said) -> None:
    for id in ("nobody", "00000000-0000-0000-0000-000000000000"):
        refusal(capsys, "edit", "partners", id, *at, "--json", "{}")
    refusal(capsys, "list", "documents", *at, "--where", "owner_id=nobody")


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_every_kind_is_listed(at: list[str], capsys: Said, language: str) -> None:
    for kind in KINDS:
        assert run(["list", kind, *at, "--language", language, "--where", "essai"]) == 0, kind
    capsys.readouterr()
    shown = {KINDS[kind].fields[key].kind for kind in KINDS for key in KINDS[kind].shown}
    assert {Kind.MONEY, Kind.DECIMAL, Kind.DATE, Kind.LANGUAGE} <= shown


def test_a_list_with_money_says_that_it_is_indicative(at: list[str], capsys: Said) -> None:
    for kind, said in (("tranches", True), ("partners", False)):
        assert run(["list", kind, *at, "--language", "en"]) == 0
        assert ("Indicative amounts, not certified" in capsys.readouterr().err) is said
