"""Countries, languages and currencies as a form offers them: by their name in the screen's language, in its order."""

from i18n import Words
from i18n.folding import sort_key

_COUNTRIES = """
AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA
CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA
GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP
KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS
MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS
RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW
TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW
"""
_CURRENCIES = """
CDF USD EUR CHF GBP XAF XOF AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP
BYN BZD CAD CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB FJD FKP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF
IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT
MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR
SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX UYU UZS VES VND VUV WST XCD
XPF YER ZAR ZMW ZWG
"""
_LANGUAGES = "fr en es ar pt sw ln kg lu am om ti so ha ff wo bm rn rw mg ku fa ps ur uk ru tr ht zh"


def countries(words: Words) -> list[tuple[str, str]]:
    """Country codes with their names, in the order of the names."""
    return _in_order([(code, words.territory_name(code)) for code in _COUNTRIES.split()])


def languages(words: Words) -> list[tuple[str, str]]:
    """Language codes with their names, in the order of the names."""
    return _in_order([(code, words.language_name(code)) for code in _LANGUAGES.split()])


def currencies(words: Words) -> list[tuple[str, str]]:
    """Currency codes with their names, those of daily use first, so that typing a code finds it."""
    return [(code, f"{code} · {words.currency_name(code)}") for code in _CURRENCIES.split()]


def _in_order(named: list[tuple[str, str]]) -> list[tuple[str, str]]:
    return sorted(named, key=lambda pair: sort_key(pair[1]))
