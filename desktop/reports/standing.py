"""What has become of a written report, in sentences: what it replaces, who approved it, to whom its versions went."""

from collections.abc import Iterator

from db.queries.reports import Approved, Sent, Written
from desktop.reports.answers import Answer
from i18n import N_, Words

_STATES = {"hidden": N_("Hidden"), "missing": N_("No figure")}


def standing(found: Written, words: Words) -> Iterator[str]:
    """A sentence for each thing that became of it."""
    if found.replaces is not None:
        replaced = words.gettext("It replaces version {version} of “{title}”.")
        version = max((each.version for each in found.replaces.frozen), default=0)
        yield replaced.format(version=words.number(version), title=one_line(found.replaces.title, words))
    if found.values["status"] == "replaced":
        yield words.gettext("A new version has replaced it.")
    for each in found.approvals:
        yield approval_said(each, words)
    if not found.approvals:
        yield words.gettext("Nobody has approved it yet.")
    for frozen in found.frozen:
        for sent in frozen.sent:
            yield words.gettext("Version {version} was sent on {day} to {whom}.").format(
                version=words.number(frozen.version), day=words.date(sent.on), whom=addressee(sent, words)
            )
    if not found.frozen:
        yield words.gettext("It is not frozen yet: its figures are those of the record now.")


def approval_said(approval: Approved, words: Words) -> str:
    """Who approved it and when, and whether that still holds."""
    gone = words.gettext("Approved by {name} on {day}; changed since, so it has to be approved again.")
    holds = words.gettext("Approved by {name} on {day}.")
    who = words.list([one_line(one, words) for one in (approval.name, approval.function) if one])
    return (gone if approval.stale else holds).format(name=who, day=words.date(approval.on))


def addressee(sent: Sent, words: Words) -> str:
    """To whom it went."""
    return words.list([one_line(one, words) for one in (sent.contact, sent.organisation, sent.addressee) if one])


def said_before(answer: Answer | None, words: Words) -> str:
    """A value of a frozen report, where two are compared."""
    if answer is None:
        return words.gettext("Not in it")
    if answer.state in _STATES:
        return words.gettext(_STATES[answer.state])
    return words.number(answer.value) if isinstance(answer.value, int) else one_line(str(answer.value), words)


def where_said(path: tuple[str, ...], words: Words) -> str:
    """Where in the report a value stands; one that a text cites has no heading of its own."""
    said = [one_line(step, words) for step in path if step.strip()]
    return words.list(said) if said else words.gettext("Cited in a text")


def one_line(text: str, words: Words) -> str:
    """What a person wrote, on one line, kept from turning the line around it."""
    return words.isolate(" ".join(text.split()))
