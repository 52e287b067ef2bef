"""Names of countries as the United Nations write them, where Babel's differ.

Babel has "Congo-Kinshasa", which no report of an agency may print.
"""

from collections.abc import Mapping

OFFICIAL: Mapping[str, Mapping[str, str]] = {
    "fr": {"CD": "République démocratique du Congo", "CG": "Congo", "MM": "Myanmar", "PS": "État de Palestine"},
    "en": {"CD": "Democratic Republic of the Congo", "CG": "Congo", "MM": "Myanmar", "PS": "State of Palestine"},
    "es": {"CD": "República Democrática del Congo", "CG": "Congo", "MM": "Myanmar", "PS": "Estado de Palestina"},
    "ar": {"CD": "جمهورية الكونغو الديمقراطية", "CG": "الكونغو", "MM": "ميانمار", "PS": "دولة فلسطين"},
    "pt": {"CD": "República Democrática do Congo", "CG": "Congo", "MM": "Mianmar", "PS": "Estado da Palestina"},
    "sw": {"CD": "Jamhuri ya Kidemokrasia ya Kongo", "CG": "Kongo", "MM": "Myanmar", "PS": "Dola la Palestina"},
}
