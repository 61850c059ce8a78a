"""Units of measure: a few, so that values in different ones can be compared."""

import re
from decimal import Decimal

_PREFIXES = {"": "1", "milli": ".001", "centi": ".01", "kilo": "1000", "mega": "1e6", "giga": "1e9"}
_SHORT = dict(
    pair.split("=")
    for pair in (
        "mm=millimetre cm=centimetre m=metre km=kilometre g=gram kg=kilogram kilo=kilogram t=tonne "
        "ton=tonne lb=pound kW=kilowatt MW=megawatt GW=gigawatt inche=inch feet=foot ft=foot "
        "centurie=century"
    ).split()
)
"""Units by what is left of them without a plural's "s"."""
_UNITS = {
    f"{prefix}{unit}": (unit, Decimal(factor))
    for prefix, factor in _PREFIXES.items()
    for unit in ("metre", "gram", "watt", "litre")
} | {
    unit: (kind, Decimal(factor))
    for kind, units in {
        "metre": {"inch": ".0254", "foot": ".3048", "yard": ".9144", "mile": "1609.344"},
        "gram": {"tonne": "1e6", "pound": "453.59237"},
        "area": {"hectare": "10000", "acre": "4046.86"},
        "second": {"second": "1", "minute": "60", "hour": "3600", "day": "86400"}
        | {"week": "604800", "fortnight": "1209600", "month": "2629800", "year": "31557600"}
        | {"decade": "315576000", "century": "3155760000"},
    }.items()
    for unit, factor in units.items()
}
"""What each unit measures, and how much of the smallest it is."""


def unit_of(word: str) -> str:
    """A unit's name in the singular, or empty: "kilometers", "km" → "kilometre"."""
    single = word.split("-", maxsplit=1)[0]
    single = re.sub(r"(?<=met|lit)er$", "re", single.removesuffix("s"))
    single = _SHORT.get(single, single.lower())
    return single if single in _UNITS else ""


def measure_of(unit: str) -> tuple[str, Decimal]:
    """What a unit measures, and how much of the smallest it is; empty and 1 for no unit.

    >>> measure_of("week") == ("second", 7 * measure_of("day")[1])
    True
    """
    return _UNITS.get(unit, ("", Decimal(1)))
