"""What every named thing shares: its name as first written, and the forms that lists sort by and matching compares."""

from sqlalchemy.orm import Mapped, mapped_column, validates

from db.fields import Kind, field
from i18n import N_
from i18n.folding import fold, sort_key


class Named:
    """A name in its own language. The sort key and the folded form follow it wherever it is set on an object."""

    name: Mapped[str] = field(N_("Name"), Kind.TEXT, sort_order=-9)
    name_language: Mapped[str | None] = field(N_("Language of the name"), Kind.LANGUAGE, sort_order=-8)
    sort_key: Mapped[str] = mapped_column(index=True, sort_order=-7)
    folded: Mapped[str] = mapped_column(index=True, sort_order=-6)

    @validates("name")
    def _follow(self, _key: str, name: str) -> str:
        self.sort_key = sort_key(name)
        self.folded = fold(name)
        return name
