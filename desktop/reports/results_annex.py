"""Results and disaggregation: an annex with every figure of its indicators, how it was counted, and what is missing."""

from collections.abc import Mapping, Sequence

from db.queries import Session
from db.queries.measured import indicators_of, measured
from db.record import Record
from desktop.guard.tables import Tables
from desktop.reports.atoms import AtomBook
from desktop.reports.framing import frame_of, scope_names
from desktop.reports.indicator_charts import periods_chart, split_chart
from desktop.reports.indicator_figures import INDICATORS, grain_of, indicator_figures
from desktop.reports.indicator_lacking import figures_lacking
from desktop.reports.indicator_notes import missing_table, rules_table
from desktop.reports.indicator_tables import periods_table, places_table, results_chart, results_table, split_table
from desktop.reports.notes import notes_part
from desktop.reports.report import CITABLE, FRAME, Asked, Lacking, Part
from i18n import N_


def gather(record: Record, asked: Asked) -> Tables:
    """Every indicator of the scope, before the guard."""
    return record.read(_tables, asked)


def _tables(session: Session, asked: Asked) -> Tables:
    book = AtomBook()
    indicators = indicators_of(session, asked.scope)
    found = indicator_figures(session, indicators, asked.scope, book, grain=grain_of(asked))
    return Tables(
        tuple(book.atoms),
        found.grids,
        found.figures | scope_names(session, asked),
        {FRAME: frame_of(session, asked), INDICATORS: found.described, CITABLE: found.citable},
    )


def lacking(record: Record, asked: Asked) -> Sequence[Lacking]:
    """What is missing before the annex can go out."""
    return record.read(_lacking, asked)


def _lacking(session: Session, asked: Asked) -> tuple[Lacking, ...]:
    return tuple(figures_lacking(measured(session, indicators_of(session, asked.scope), asked.scope)))


def parts(_plain: Mapping[str, object]) -> Sequence[Part]:
    """The results, then each way of splitting them."""
    return (
        Part(
            "results",
            N_("Results"),
            lambda released, words: (*results_table(released, words), *results_chart(released, words)),
        ),
        Part(
            "people",
            N_("Sex, age and disability"),
            lambda released, words: (*split_chart(released, words), *split_table(released, words)),
        ),
        Part(
            "periods",
            N_("Results by period"),
            lambda released, words: (*periods_chart(released, words), *periods_table(released, words)),
        ),
        Part("places", N_("Results by place"), places_table),
        Part("rules", N_("Sources and counting rules"), rules_table),
        Part("missing", N_("What is missing"), missing_table),
        notes_part(),
    )
