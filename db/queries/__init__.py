"""What can be asked of the record, in plain frozen answers.

`Session` is what a question is asked of; rooms above take its name from here, since SQLAlchemy is known in `db` alone.
"""

from sqlalchemy.orm import Session

__all__ = ["Session"]
