"""What is done about somebody's way into the record: a passphrase of their own, closing it, handing over.

These change the key file, which no undo brings back; each dialog says so before anything is done.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from PySide6.QtWidgets import QWidget

from db.commands.handing_over import STAYS_CLOSED, HandedOver, hand_over
from db.commands.people import (
    NOT_PREVENTED,
    SEALING_STAYS,
    Way,
    close_way_in,
    give_passphrase,
    let_read,
    new_key,
    stop_reading,
    way_of,
)
from db.fields import Field, Kind, field_of
from db.models.people import ROLES, Person
from db.queries.kinds import KINDS
from db.roles import GUARD_ONLY, NONE_GIVEN, WORKS_AS
from desktop.opening import keep_new_key
from desktop.reports.recovery_page import CodeOf
from desktop.ui.desk import Desk
from desktop.ui.dialogs.code import CodeDialog
from desktop.ui.dialogs.form_dialog import FormDialog
from desktop.ui.dialogs.passphrase import ask_them, ask_twice, ask_who, confirmed, refuse_unlike, shown_by_them
from desktop.ui.dialogs.told import Told
from desktop.ui.forms.choices import ChoiceEdit, YesNoEdit, choice_of
from desktop.ui.forms.editors import editor_of
from desktop.ui.forms.form import Form
from desktop.ui.language import _, counted, words
from desktop.ui.parts import text
from desktop.ui.records import code_of
from i18n import N_

THEIR_PASSPHRASE = Field(
    N_("Passphrase of the successor"),
    Kind.TEXT,
    help=N_(
        "Where the successor has none yet, or is to open confidential texts from now on. They type it here: the one "
        "they have, or a new one."
    ),
)
OTHER_WAYS = N_(
    "Of the passphrase and the recovery code, the one that was not typed here opens the record without the "
    "confidential texts. This person makes it anew, once they have opened the record by the other: in Settings, “Who "
    "can open this record…”."
)
NEW_KEY = Field(
    N_("Give the record a new key"),
    Kind.YES_NO,
    help=N_("Whoever kept the old key opens no later state of the record. It takes a moment for a large record."),
)
THIN = Field(
    N_("Remove the copies beside the record that have the old key"),
    Kind.YES_NO,
    help=N_("Earlier states can then be brought back from other copies only."),
)
READS = Field(N_("May open confidential texts"), Kind.YES_NO)
_NOBODYS = Way(UUID(int=0), "officer", passphrase=False, recovery=False, reads_sealed=False)
"""As long as any other, to keep room for it."""


def role_edit() -> ChoiceEdit:
    """A role, or none, which is not unknown."""
    return choice_of(Person.role, nothing=_("No role of their own"))


class RoleForm(Form):
    """Another role, what each may do, and what a role is not."""

    def __init__(self, _desk: Desk, values: Any) -> None:
        super().__init__()
        for said in (*WORKS_AS.values(), NONE_GIVEN):
            self.beside(text(_(said), "muted"))
        self.beside(text(_(GUARD_ONLY)))
        self.bind(Person.role, role_edit())
        self.load({"role": values.get("role")})


class _WayForm(Form):
    """A form about somebody's way in, which says how it is now."""

    def __init__(self, desk: Desk, person: UUID, *said: str) -> None:
        super().__init__()
        self.way_known: Callable[[Way], object] = lambda _way: None
        self._now, record = text("\n" * _said(_NOBODYS).count("\n"), "muted"), desk.record
        self.beside(self._now)
        for sentence in said:
            self.beside(text(sentence))
        desk.tasks.with_record(lambda: way_of(record, person), self._show, owner=self)

    def ask_new_key(self) -> None:
        """Whether what somebody may have kept is to open nothing later."""
        self.add("rekey", NEW_KEY, YesNoEdit(None))
        self.add("thin", THIN, YesNoEdit(None))

    def _show(self, way: Way) -> None:
        self._now.setText(_said(way))
        self.way_known(way)


def give(desk: Desk, person: UUID, over: QWidget) -> FormDialog:
    """Give somebody a passphrase of their own, and tell them their recovery code."""
    form = _WayForm(desk, person, _("Let the person type it. A recovery code of their own follows."))
    ask_who(form, desk)
    ask_twice(form)
    form.add("reads", READS, YesNoEdit(None))
    form.load({"reads": False})
    record = desk.record

    def do(values: dict[str, Any], done: Any, refused: Any) -> None:
        def given(answer: tuple[str, CodeOf]) -> None:
            done(None)
            CodeDialog(answer[0], over, answer[1], desk.tasks).open()

        refuse_unlike(values)
        phrase, reads = values["passphrase"], values["reads"]

        def give_it() -> tuple[str, CodeOf]:
            confirmed(desk, values)
            return give_passphrase(record, person, phrase, reads_sealed=reads), code_of(record, person)

        desk.tasks.with_record(give_it, given, refused, over)

    dialog = FormDialog(_("Give a passphrase"), form, do, over)
    dialog.open()
    return dialog


def close(desk: Desk, person: UUID, over: QWidget) -> None:
    """Close somebody's way in."""
    said = _("The passphrase and the recovery code of this person no longer open the record.")
    record = desk.record

    def do(values: dict[str, Any], done: Any, refused: Any) -> None:
        def closed(_done: None) -> None:
            done(None)
            desk.say(said)
            give_new_key(desk, values, over)

        desk.tasks.with_record(lambda: close_way_in(record, person), closed, refused, over)

    form = _WayForm(desk, person, said, *map(_, NOT_PREVENTED))
    form.ask_new_key()
    form.load({"rekey": False, "thin": False})
    FormDialog(_("Close the way in"), form, do, over, _("Close the way in")).open()


def give_new_key(desk: Desk, values: Mapping[str, Any], over: QWidget) -> None:
    """Give the record a new key where that was asked for, and say who needs a passphrase anew."""
    record, thin = desk.record, bool(values["thin"])

    def rekey() -> tuple[str, ...]:
        left_out = new_key(record, thin=thin)
        keep_new_key(record)
        return left_out

    def given(left_out: tuple[str, ...]) -> None:
        desk.say(_("The record has a new key. Every passphrase and code opens it as before."))
        told = [_(SEALING_STAYS)] if record.key.sealing is None else []
        if left_out:
            said = _("These need a passphrase anew: {names}.")
            told.append(said.format(names=words().list([words().isolate(name) for name in left_out])))
        if told:
            Told(_("New key"), "\n\n".join(told), over).open()

    if values["rekey"] or thin:
        desk.tasks.with_record(rekey, given)


def confidential(desk: Desk, person: UUID, over: QWidget) -> None:
    """Say whether somebody may open confidential texts."""
    form = _WayForm(
        desk,
        person,
        _("Each opening of a confidential text keeps a reason. It holds from the next opening of the record on."),
        *map(_, NOT_PREVENTED),
    )
    form.add("reads", READS, YesNoEdit(None))
    ask_who(form, desk, needed=False)
    ask_them(form)
    form.way_known = lambda way: form.load({"reads": way.reads_sealed})
    record = desk.record

    def do(values: dict[str, Any], done: Any, refused: Any) -> None:
        def change() -> Way:
            if values["reads"]:
                confirmed(desk, values)
                with shown_by_them():
                    let_read(record, person, values["theirs"] or "")
            else:
                stop_reading(record, person)
            return way_of(record, person)

        def changed(way: Way) -> None:
            done(None)
            desk.say(reads(way))
            if way.reads_by_some:
                Told(_("Confidential texts"), _(OTHER_WAYS), over).open()

        desk.tasks.with_record(change, changed, refused, over)

    FormDialog(_("Confidential texts"), form, do, over).open()


def hand(desk: Desk, person: UUID, over: QWidget) -> None:
    """Hand over to a successor, tell what was open, and the successor's recovery code."""
    form = _WayForm(
        desk,
        person,
        _("Everything open passes to the successor in one deed. The passphrase of the one who leaves is closed."),
        *map(_, NOT_PREVENTED),
        _(STAYS_CLOSED),
    )
    ask_who(form, desk)
    for attribute in (Person.successor_id, Person.left_on):
        needed = replace(field_of(attribute), required=True)
        form.add(attribute.key, needed, editor_of(desk, attribute))
    ask_twice(form, THEIR_PASSPHRASE)
    form.add("reads", READS, YesNoEdit(None))
    form.ask_new_key()
    form.load({"reads": False, "rekey": False, "thin": False})
    record = desk.record

    def do(values: dict[str, Any], done: Any, refused: Any) -> None:
        def handed(answer: tuple[HandedOver, CodeOf]) -> None:
            over_to, of = answer
            done(None)
            give_new_key(desk, values, over)

            def tell() -> None:
                Told(_("Handed over"), handed_list(over_to), over, save_as=_("handed-over.txt")).open()

            if over_to.code is None:
                tell()
                return
            code = CodeDialog(over_to.code, over, of, desk.tasks)
            code.accepted.connect(tell)  # the code first, and alone: it is not shown again
            code.open()

        refuse_unlike(values)
        asked = {"successor_id": values["successor_id"], "left_on": values["left_on"]}
        phrase, reads = values["passphrase"], values["reads"]

        def hand_it() -> tuple[HandedOver, CodeOf]:
            confirmed(desk, values)
            over_to = hand_over(record, person, asked, phrase, reads_sealed=reads)
            return over_to, code_of(record, asked["successor_id"])

        desk.tasks.with_record(hand_it, handed, refused, over)

    FormDialog(_("Hand over"), form, do, over, _("Hand over")).open()


def handed_list(over_to: HandedOver) -> str:
    """What was open, line by line, to be read or printed."""
    lines = [
        _("{kind}: {title} ({organisation}), due on {date}").format(
            kind=_(KINDS[duty.kind].one),
            title=words().isolate(duty.title or _("without a title")),
            organisation=words().isolate(duty.whom or _("no organisation")),
            date=words().date(duty.due_on) if duty.due_on else _("no day"),
        )
        for duty in over_to.duties
    ]
    head = counted("{count} open thing passed on.", "{count} open things passed on.", len(lines))
    return "\n".join([head, *lines, "", *map(_, NOT_PREVENTED), _(STAYS_CLOSED)])


def _said(way: Way) -> str:
    """How somebody gets in now."""
    role = _("Role now: {role}").format(role=_(dict(ROLES)[way.role]))
    entry = _("Has a passphrase of their own.") if way.passphrase else _("Has no passphrase.")
    code = _("Has a recovery code.") if way.recovery else _("Has no recovery code.")
    if way.office_key:
        entry, code = _("Acts when the office key opens the record."), _("Has neither passphrase nor recovery code.")
    return f"{role}\n{entry}\n{code}\n{reads(way)}"


def reads(way: Way) -> str:
    """Whether somebody opens confidential texts, and whether by every way they have."""
    if way.reads_by_some:
        return _("Opens confidential texts, but not by every way.")
    return _("Opens confidential texts.") if way.reads_sealed else _("Opens no confidential text.")
