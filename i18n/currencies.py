"""How many decimals a currency has, by ISO 4217.

Babel's figures are for display and differ (AFN, IQD, LBP): with them a sum stored in minor units would come back a
hundred times too large.
"""

_BY_DECIMALS = {
    0: "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF",
    3: "BHD IQD JOD KWD LYD OMR TND",
    4: "CLF UYW",
}
_DECIMALS = {currency: decimals for decimals, currencies in _BY_DECIMALS.items() for currency in currencies.split()}


def decimals_of(currency: str) -> int:
    """The decimals of a currency's minor unit: 2 for the euro, 0 for the CFA franc, 3 for the Libyan dinar."""
    return _DECIMALS.get(currency, 2)
