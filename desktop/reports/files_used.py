"""The files that a report's figures came from, as lines of its table of sources (`notes.SOURCES`)."""

from db.queries.protection import FileUsed
from db.queries.selection import Behind
from desktop.guard.tables import Line, Named
from desktop.reports.document import Count, Said


def file_line(file: FileUsed, change: int) -> Line:
    """A file or publication; what a partner called its file may name the partner, and goes through the guard."""
    said = Said(file.citation or file.name)
    name = Named(file.reporter, said, file.may_be_named) if file.reporter else said
    behind = Behind("sources", (("name", file.name),), change)
    return Line((name, file.starts_on, file.ends_on, Count(file.doubles, behind), Count(file.problems, behind)))
