"""What the publisher's own columns of the public 5W of DRC, May 2025, add up to: people declared in protection."""

FILE = "drc-5w-2025-05.xlsx"
AREAS = {"PRO": 214_605, "PRO-CPN": 560_595, "PRO-GBV": 853_286, "PRO-HLP": 33_052, "PRO-MIN": 420}
"""General protection, child protection, gender-based violence, housing-land-property, mine action."""
PROVINCES = {
    "Sud-Kivu": 718_753,
    "Nord-Kivu": 638_598,
    "Ituri": 223_043,
    "Tanganyika": 29_976,
    "Kwilu": 20_942,
    "Maniema": 18_685,
    "Lomami": 6_859,
    "Kasaï-Oriental": 2_445,
    "Kasaï": 1_531,
    "Kasaï-Central": 1_126,
}
ACTIVITIES, PEOPLE = 1_608, 1_661_958
