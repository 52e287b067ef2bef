"""How reports look, said once: colours, sizes and the order in which bars and shades are filled.

Every renderer reads it from here, so that the PDF, the Word file and the workbook of one report are one family. Colours
hold a contrast of at least 4.5 : 1 where they carry words; bars and shades never rest on colour alone.
"""

FONT = "Noto Sans"
ARABIC_FONT = "Noto Sans Arabic"

ACCENT = "#0B4EA2"
INK = "#1F2933"
GREY = "#566270"
RULE = "#C9D1DB"
ZEBRA = "#F5F7FA"
SUBTOTAL = "#E8EEF6"
TOTAL = "#D6E1F0"
PAPER = "#FFFFFF"
ALARM = "#A3241C"

BARS = ("#0B4EA2", "#B45F06", "#2E7D7D", "#8E4585", "#5F6C78", "#3A78B2")
SHADES = ("#DCE8F6", "#A9C7E8", "#6C9FD4", "#2F73BB", "#0B4EA2")

BODY_SIZE = 10.0
TABLE_SIZE = 8.5
SMALL_SIZE = 8.0
TITLE_SIZE = 26.0
SUBTITLE_SIZE = 13.0
HEADING_SIZES = (17.0, 12.5)
BLOCK_TITLE_SIZE = 10.0
FIGURE_SIZE = 22.0
