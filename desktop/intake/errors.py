"""Why a file could not be read: each in one sentence that says what to do, and nothing was changed."""

from db.errors import RecordError
from desktop.intake.vocabulary import label
from i18n import N_, Words


class FileRefused(RecordError):
    """The file cannot be brought in. Put in words like any error of the record: `message` with `values(words)`."""

    message = N_("This file could not be read. Nothing was changed.")


class FileNotFound(FileRefused):
    message = N_("There is no file at {path}. Check its name and folder.")


class FileUnreadable(FileRefused):
    message = N_("The file {name} could not be opened: it may be open elsewhere, or you may not read it.")


class EmptyFile(FileRefused):
    message = N_("The file {name} is empty: it holds no rows. Choose the file that holds the table.")


class NotAWorkbook(FileRefused):
    message = N_("{name} is not a workbook. Choose an xlsx, xls, ods or csv file.")


class OtherWorkbook(FileRefused):
    message = N_("{name} is a workbook of a kind that cannot be read here. Save it as xlsx and choose that file.")


class DamagedWorkbook(FileRefused):
    message = N_(
        "The workbook {name} is damaged. Open it in a spreadsheet program, save it as xlsx and choose that file."
    )


class FileTooLarge(FileRefused):
    message = N_("The file {name} is too large: at most {megabytes} MB. Split it and bring in the parts.")


class Bomb(FileRefused):
    message = N_("The file {name} unpacks to far more than a table needs and was not opened. Ask for a fresh copy.")


class TooManyCells(FileRefused):
    message = N_(
        "The sheet {sheet} of {name} reaches over too many cells. Delete what stands far below or beside the table."
    )


class CellTooLong(FileRefused):
    message = N_("Row {row} of {name} holds a cell of more than {longest} characters. Shorten it and try again.")


class PasswordNeeded(FileRefused):
    message = N_("The workbook {name} is locked. Give its password.")


class WrongPassword(FileRefused):
    message = N_("This password does not open the workbook {name}. Check it and try again.")


class NoTable(FileRefused):
    message = N_(
        "No row of {name} looks like headings that are known here. Say which sheet and row hold the headings, "
        "and what each column holds."
    )


class NoSuchSheet(FileRefused):
    message = N_("There is no sheet {sheet} in {name}. Its sheets are: {sheets}.")


class ColumnMissing(FileRefused):
    message = N_("No column of {name} is said to hold “{field}”, which has to be known. Say which column does.")

    def __init__(self, name: str = "", field: str = "") -> None:
        super().__init__(name=name)
        self.field = field

    def values(self, words: Words) -> dict[str, str]:
        return super().values(words) | {"field": label(self.field, words.language)}


class MappingUnreadable(FileRefused):
    message = N_("{name} is not a mapping that this program can read.")


class MappingNewer(FileRefused):
    message = N_("The mapping {name} was made by a newer program. Bring this program up to date first.")


class HeadingsDiffer(FileRefused):
    message = N_("The mapping {mapping} does not fit {name}: these columns are missing: {columns}.")
