"""What a plan has to say about a row of a raw workbook, beside what it says of any row."""

from i18n import N_

NOT_A_CHOICE = N_("“{field}” says {value}, which is none of its choices.")
NOT_A_NUMBER = N_("“{field}” says {value}, which is no number.")
TOO_MANY_DIGITS = N_("“{field}” has more digits than a spreadsheet keeps. Write it as text.")
NOT_AS_WRITTEN = N_("“{field}” is not as it was exported. Leave such cells as they are.")
NOT_AN_ID = N_("{value} is no id. Leave the cell empty to add the row.")
SAME_ID_TWICE = N_("Another row of this file has the same id.")
REMOVED_HERE = N_("This was removed from the record. Bring it back there first.")
NOBODY_CALLED = N_("“{field}” says {value}, and nothing of that name is in the record or in this file.")
SEVERAL_CALLED = N_("“{field}” says {value}, which several go by. Write the id instead.")
BY_ITS_OWN_DEED = N_("“{field}” is not typed in: it changes by an action of its own.")
FILES_STAY = N_("A file itself is not in a workbook: add the document in the window.")

CONFLICT = N_("“{field}” is {ours} in the record and {theirs} in the file.")
LEFT_ALONE = N_(
    "“{field}” is {ours} in the record and {theirs} in the file. It is left alone: it changes by an action of its own."
)

SETTLED_HERE = N_(
    "It belongs to {whole}. What was signed or reviewed there changes by an action of its own, never by a file."
)

SAME_REPORT = N_("Reported here already, it seems: the same partner, place and period as {ours}.")
SAME_RECEIVED = N_("A report of the same partner was received here already, for {start} to {end}.")
SAME_NAME = N_("Something of the same name is in the record already, with another id.")

FOREIGN = N_("The file comes from {office}, from a state that this record does not know.")
KNOWN_OTHERWISE = N_("Things that this record holds under another id: {count}.")
