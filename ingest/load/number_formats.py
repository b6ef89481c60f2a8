"""How a word processor prints list numbers: w:numFmt of ISO/IEC 29500-1, 17.18.59."""

from __future__ import annotations

DIGITS = "〇一二三四五六七八九"
LEGAL = str.maketrans("一二三四五六七八九十百千〇", "壹贰叁肆伍陆柒捌玖拾佰仟零")
ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
COUNTED = (
    "chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting",
    "taiwaneseCountingThousand", "koreanCounting", "ideographTraditionalCounting",
)  # fmt: skip
STEMS = {
    "ideographTraditional": "甲乙丙丁戊己庚辛壬癸",
    "ideographZodiac": "子丑寅卯辰巳午未申酉戌亥",
}


def printed(number: int, number_format: str) -> str:
    """The number as the format prints it; in digits where the format is another language's.

    >>> printed(12, "chineseCounting"), printed(3, "decimalEnclosedCircle")
    ('十二', '③')
    """
    if number_format in COUNTED:
        return counted(number)
    if number_format == "chineseLegalSimplified":
        return counted(number).translate(LEGAL)
    if number_format in ("ideographDigital", "japaneseDigitalTenThousand", "taiwaneseDigital"):
        return "".join(DIGITS[int(digit)] for digit in str(number))
    if number_format.startswith("decimalEnclosedCircle") and 1 <= number <= 20:
        return chr(ord("①") + number - 1)
    if number_format.startswith("decimalFullWidth"):
        return "".join(chr(ord("０") + int(digit)) for digit in str(number))
    if number_format == "decimalZero":
        return f"{number:02d}"
    if number_format in STEMS and 1 <= number <= len(STEMS[number_format]):
        return STEMS[number_format][number - 1]
    if number_format.endswith("Letter") and number >= 1:
        letters = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letters if number_format.startswith("lower") else letters.upper()
    if number_format.endswith("Roman") and number >= 1:
        return roman(number) if number_format.startswith("lower") else roman(number).upper()
    return str(number)


def counted(number: int) -> str:
    """Chinese counting up to 9999.

    >>> counted(10), counted(21), counted(105)
    ('十', '二十一', '一百〇五')
    """
    if not 0 < number < 10000:
        return str(number) if number else DIGITS[0]
    result, gap = "", False
    for value, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // value % 10
        if digit:
            result += (DIGITS[0] if gap and result else "") + DIGITS[digit] + unit
        gap = not digit
    return result.removeprefix("一") if result.startswith("一十") else result


def roman(number: int) -> str:
    result = ""
    for value, letters in ROMAN:
        result += letters * (number // value)
        number %= value
    return result
