"""Numbers as people write them, in English and in German: text to Decimal and back.

Nothing is guessed. Where both notations make sense of a text ("1,200"), the language
decides; where neither does, it is refused with a code, and the form says it in words.
"""

import re
from decimal import ROUND_HALF_UP, Decimal

# What a column of numeric(20, 6) holds.
MOST_DIGITS, MOST_DECIMALS = 14, 6
LONGEST = 40

NO_BREAK_SPACE, MINUS = "\N{NO-BREAK SPACE}", "\N{MINUS SIGN}"
CURRENCIES = "€$£¥"
# Of ISO 4217, those that are traded most and those of Europe.
CODES = frozenset({
    "AUD", "BRL", "CAD", "CHF", "CLP", "CNY", "COP", "CZK", "DKK", "EUR", "GBP", "HKD", "HUF",
    "IDR", "ILS", "INR", "ISK", "JPY", "KRW", "MXN", "MYR", "NOK", "NZD", "PHP", "PLN", "RON",
    "SAR", "SEK", "SGD", "THB", "TRY", "TWD", "UAH", "USD", "ZAR",
})  # fmt: skip

ALIKE = str.maketrans(
    {
        NO_BREAK_SPACE: " ",
        "\N{NARROW NO-BREAK SPACE}": " ",
        "\N{THIN SPACE}": " ",
        "\N{RIGHT SINGLE QUOTATION MARK}": "'",
        MINUS: "-",
    }
)
# A sign and a currency in either order, the figure, a unit. [0-9], for \d reads every script.
MONEY = rf"(?:[{CURRENCIES}]|{'|'.join(sorted(CODES))})"
FRAME = re.compile(
    rf"(?P<sign>[+-]?) ?{MONEY}? ?(?P<late_sign>[+-]?) ?"
    rf"(?P<figure>[0-9.,' ]*[0-9]) ?(?:%|pp|{MONEY})?"
)
GROUPS = re.compile(r"(?P<whole>[1-9][0-9]{0,2}(?P<mark>[.,' ])[0-9]{3}(?:(?P=mark)[0-9]{3})*)")
PLAIN = re.compile(r"(?P<whole>[0-9]*)(?:[.,](?P<part>[0-9]+))?")


class NumberError(ValueError):
    """code: empty, not-a-number, too-long, too-large or too-many-decimals."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def read_number(text: str, language: str, *, decimals: int = MOST_DECIMALS) -> Decimal:
    text = text.strip()
    if not text:
        raise NumberError("empty")
    if len(text) > LONGEST:
        raise NumberError("too-long")
    frame = FRAME.fullmatch(text.translate(ALIKE))
    if frame is None or (frame["sign"] and frame["late_sign"]):
        raise NumberError("not-a-number")
    whole, part = _split(frame["figure"], decimal_mark=_decimal_mark(language))
    if len(whole.lstrip("0")) > MOST_DIGITS:
        raise NumberError("too-large")
    if len(part) > decimals:
        raise NumberError("too-many-decimals")
    sign = frame["sign"] or frame["late_sign"]
    return Decimal(f"{sign}{whole}.{part}" if part else f"{sign}{whole}") + 0  # there is no −0


def _decimal_mark(language: str) -> str:
    return "," if language.startswith("de") else "."


def _split(figure: str, *, decimal_mark: str) -> tuple[str, str]:
    """The digits before and after the decimal mark."""
    groups = GROUPS.match(figure)
    if groups is not None:
        mark, rest = groups["mark"], figure[groups.end() :]
        # One group and nothing after it reads either way: "1,200".
        either_way = mark in ".," and groups["whole"].count(mark) == 1 and not rest
        if not (either_way and mark == decimal_mark):
            tail = PLAIN.fullmatch(rest)
            if tail is not None and not tail["whole"] and not rest.startswith(mark):
                return groups["whole"].replace(mark, ""), tail["part"] or ""
    plain = PLAIN.fullmatch(figure)
    if plain is None:
        raise NumberError("not-a-number")
    return plain["whole"], plain["part"] or ""


def write_number(value: Decimal, decimals: int, language: str) -> str:
    """Rounded here and nowhere before; zeros that say nothing are left out."""
    figure = _rounded(value, decimals, language)
    mark = _decimal_mark(language)
    return figure.rstrip("0").rstrip(mark) if mark in figure else figure


def is_currency(unit: str) -> bool:
    return unit in CODES or (len(unit) == 1 and unit in CURRENCIES)


def write_value(value: Decimal, unit: str, decimals: int, language: str) -> str:
    """A currency stands before the figure in English, after it in German; a code at a distance."""
    german = _decimal_mark(language) == ","
    if is_currency(unit):
        price = _rounded(value, decimals, language)
        if german:
            return f"{price}{NO_BREAK_SPACE}{unit}"
        money = f"{unit}{NO_BREAK_SPACE}" if len(unit) > 1 else unit
        return f"{MINUS}{money}{price[1:]}" if price.startswith(MINUS) else f"{money}{price}"
    figure = write_number(value, decimals, language)
    if unit == "%":
        return f"{figure}{NO_BREAK_SPACE}%" if german else f"{figure}%"
    return f"{figure} {unit}" if unit else figure


def _rounded(value: Decimal, decimals: int, language: str) -> str:
    rounded = value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP) + 0
    figure = f"{abs(rounded):,f}"
    if _decimal_mark(language) == ",":
        figure = figure.translate(str.maketrans(",.", ".,"))
    return f"{MINUS}{figure}" if rounded < 0 else figure
