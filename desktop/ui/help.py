"""Help: what each page of the rail is for, what to know before trusting what stands there, and every key."""

from collections.abc import Mapping

from PySide6.QtWidgets import QWidget

from db.money import INDICATIVE
from db.roles import GUARD_ONLY
from desktop.ui.actions import MENUS
from desktop.ui.dialogs.told import Told
from desktop.ui.language import _
from desktop.ui.pages import title_of
from i18n import N_

PAGES_SAID: Mapping[str, str] = {
    "home": N_("What is overdue, what is due soon, and what is open without a date. It opens with the program."),
    "calendar": N_("Everything with a date in the time ahead. It can be written as a file for your own calendar."),
    "partners": N_("Who our partners are, who leads them, and on what evidence we say so."),
    "agreements": N_("What was agreed: budget, tranches, amendments, approvals, risks and the reports owed."),
    "donors": N_("Who gives, how much and earmarked for what; what they require, asked and were promised."),
    "engagements": N_("Meetings, calls and visits: who took part, what was said, promised and asked."),
    "duties": N_("Reports that partners owe us and that we owe donors, and how far each one is."),
    "activities": N_("What is done, by whom, where, for whom and with whose money."),
    "results": N_("Counts for a period and a place. Not collected is not zero, and a correction keeps both figures."),
    "frameworks": N_("Roadmap, plans and log frames as trees, with what was done for each line."),
    "places": N_("Places with their codes, each under the place it lies in."),
    "lists": N_("Every other list: contacts, budget lines, rates, documents, the people of the office."),
    "import": N_("A file comes in: first you see what would change and what must be put right."),
    "reports": N_(
        "Reports are written, approved and frozen; small counts of people are hidden from those who read them."
    ),
    "history": N_(
        "Every deed with its person and hour. The newest can be taken back, several at once too; a way in "
        "that was given or closed cannot."
    ),
}
"""By the key of the page."""

SUBJECTS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        N_("Finding and working"),
        (
            N_("The box at the top finds anything by a part of its name or of what is written about it."),
            N_(
                "The page of one thing has its form first, then what hangs on it: lists, documents, texts, its history."
            ),
            N_("Keep a search under a name, choose the columns, or choose several lines and edit them together."),
            N_("Files dropped on a page are kept in the record, encrypted like everything else."),
            N_("Organisations and places held twice are merged from the menu Tools; undo makes them two again."),
        ),
    ),
    (
        N_("Whether women lead an organisation"),
        (
            N_("The status is never typed: it follows from criteria, each met, not met or unknown."),
            N_("Each answer asks for its evidence. What nobody answered stays unknown and is never printed as no."),
            N_("Somebody else reviews the assessment. Once they reject a criterion, the status counts as unknown."),
            N_("What was reviewed does not change any more. Assess anew: the newest holds, and is renewed each year."),
            N_("A women’s rights organisation is assessed apart: one says nothing about the other."),
        ),
    ),
    (
        N_("Money"),
        (
            INDICATIVE,
            N_("Amounts in two currencies are added only at a rate that is named, with its source and its day."),
        ),
    ),
    (
        N_("Writing a report"),
        (
            N_("Begin it from the list of reports, or from the duty it answers: what is known is filled in."),
            N_("What you type is kept at each pause, and saved when you go on to another part."),
            N_("Cite figures instead of typing them: they follow the record, and a small count stays hidden."),
            N_("Ctrl+B and Ctrl+I mark words; Ctrl+Enter on a cited figure shows the records behind it."),
            N_("“Before it leaves” lists what is missing: each line opens where it is put right."),
            N_("An approved report is frozen with its files. One that was sent is corrected by a new version."),
        ),
    ),
    (
        N_("Confidential texts and roles"),
        (
            GUARD_ONLY,
            N_("What flags and confidential notes say is sealed: only some people open it, each time with a reason."),
            N_("It stays in this record: neither an export nor a partner’s sheet takes it along."),
            N_("Each opening is kept with person, hour and reason, beside what left; nobody can switch that off."),
        ),
    ),
    (
        N_("Outside the record"),
        (
            N_("Files that came in, and reports that were saved, lie in the clear in their folder or on the stick."),
            N_("Keep them in the record instead, and save a copy only when you send one."),
            N_("“What left the record” finds the copies that Jalon wrote here, and removes them when you ask for it."),
            N_(
                "Jalon opens no document from the record in another program: that program would keep copies of its own."
            ),
            N_("Print the sheet for a stolen computer (menu Tools), and keep it apart from the computer."),
        ),
    ),
    (
        N_("Handing over"),
        (
            N_("On the page of who leaves, “Hand over” passes on what is open and closes their passphrase."),
            N_("It lists what was passed on, to be printed, and says what it does not prevent."),
        ),
    ),
)


def help_dialog(parent: QWidget | None) -> Told:
    """What each page is for, what to know before trusting what stands there, and every key."""
    pages = [f"- **{_(title_of(page))}.** {_(said)}" for page, said in PAGES_SAID.items()]
    subjects = [
        line for title, said in SUBJECTS for line in (f"## {_(title)}", "\n".join(f"- {_(one)}" for one in said))
    ]
    keys = [
        f"- {_(command.name).replace('&', '')} `{command.shortcut}`"
        for _title, commands in MENUS
        for command in commands
        if command.shortcut
    ]
    walk = _("Tab goes to the next part, the arrows move inside a list, Enter opens, Escape closes.")
    parts = [f"## {_('Pages')}", "\n".join(pages), *subjects, f"## {_('Keys')}", walk, "\n".join(keys)]
    return Told(_("Help and keys"), "\n\n".join(parts), parent, markdown=True)
