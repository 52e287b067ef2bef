"""What each field of a file is read as, and what a column of counts says about the people it counts."""

from dataclasses import dataclass
from enum import StrEnum


class Reads(StrEnum):
    """The kinds of value that people type into a column."""

    NAME = "name"
    TEXT = "text"
    CODE = "code"
    DAY = "day"
    MONTH = "month"
    COUNT = "count"
    YES_NO = "yes or no"


LONGEST = {Reads.NAME: 500, Reads.TEXT: 50_000, Reads.CODE: 100}
"""As `db.fields` holds them, so that a text too long is found before anything is stored."""


@dataclass(frozen=True)
class Measure:
    """A column of counts: the figure it belongs to, and the part of it where it is no whole."""

    nature: str
    span: str = "period"
    unit: str = "persons"
    cut: str | None = None
    sex: str | None = None
    age_band: str | None = None
    disability: bool | None = None

    @property
    def figure(self) -> tuple[str, str, str]:
        """What the counts of one figure have in common."""
        return self.nature, self.span, self.unit


def _split(nature: str, span: str) -> dict[str, Measure]:
    return {
        "women": Measure(nature, span, cut="sex_age", sex="female", age_band="18+"),
        "men": Measure(nature, span, cut="sex_age", sex="male", age_band="18+"),
        "girls": Measure(nature, span, cut="sex_age", sex="female", age_band="0-17"),
        "boys": Measure(nature, span, cut="sex_age", sex="male", age_band="0-17"),
    }


MEASURES: dict[str, Measure] = {
    "targeted": Measure("planned"),
    "declared": Measure("declared"),
    "reached": Measure("reached"),
    **{f"reached_{who}": measure for who, measure in _split("reached", "period").items()},
    "reached_nb": Measure("reached", cut="sex_age", sex="other"),
    # Older people are among the women and men already: another cut, never added to them.
    "reached_elderly_f": Measure("reached", cut="older", sex="female", age_band="60+"),
    "reached_elderly_m": Measure("reached", cut="older", sex="male", age_band="60+"),
    "reached_disability": Measure("reached", cut="disability", disability=True),
    "reached_hh": Measure("reached", unit="households"),
    "cumulative": Measure("reached", "cumulative"),
    **{f"cumulative_{who}": measure for who, measure in _split("reached", "cumulative").items()},
    "figure": Measure("background", "moment"),
    "figure_male": Measure("background", "moment", cut="sex", sex="male"),
    "figure_female": Measure("background", "moment", cut="sex", sex="female"),
}

READS: dict[str, Reads] = {
    **dict.fromkeys(
        (
            *("reporting_org_name", "prog_org_name", "prog_org_acronym", "prog_org_type", "org_code"),
            *("impl_org_name", "impl_org_type", "sector", "subsector", "project_title", "project_code"),
            *("activity_code", "activity_name", "activity_status", "modality", "pop_group", "appeal_code"),
            *("adm0_name", "adm1_name", "adm2_name", "adm3_name", "site_name", "unit", "count_rule", "sensitivity"),
            *("sadd_method", "place_name", "operation", "round", "figure_reason", "origin_name", "assessment_type"),
            "indicator_name",
            "date_start_missing",
        ),
        Reads.NAME,
    ),
    **dict.fromkeys(("activity_desc", "donor_name", "framework_codes", "hidden", "funding_kind"), Reads.TEXT),
    **dict.fromkeys(
        (
            *("adm0_code", "adm1_code", "adm2_code", "adm3_code", "place_code", "place_parent", "place_level"),
            *("place_country", "row_id"),
        ),
        Reads.CODE,
    ),
    **dict.fromkeys(("date_start", "date_end", "date_reported", "valid_from"), Reads.DAY),
    "period": Reads.MONTH,
    "impl_org_wlo": Reads.YES_NO,
    **dict.fromkeys(MEASURES, Reads.COUNT),
}
"""Fields that are brought in. A column mapped to another field is known for what it is, and left in the file."""
