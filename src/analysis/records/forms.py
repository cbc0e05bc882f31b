"""What the patterns of ``datapackage.json`` allow, in words: nobody has to read a pattern."""

from __future__ import annotations

_WORDS = r"[a-z0-9]+(-[a-z0-9]+)*"
_DATE = r"\d{4}(-\d{2}(-\d{2})?)?"
FORMS = {
    rf"^{_WORDS}$": "small letters, digits and single hyphens between them, such as gansu-2018",
    rf"^{_WORDS}\.{_WORDS}$": "small letters, digits and hyphens, with one dot after the source, such as gansu-2018.villages",
    rf"^{_WORDS}\.[a-z]+-[0-9]+(\.sub-[0-9]+)?$": "the document, a dot, the list and a number, such as scio-2021.aspect-4, with .sub-1 for an act inside a measure",
    rf"^{_WORDS}(\.{_WORDS})?$": "small letters, digits and hyphens, with at most one dot, such as cn-migrant-wage-out",
    r"^[a-z0-9_]+$": "small letters, digits and underscores, such as county_coverage",
    r"^[a-z]+(-[a-z]+)*$": "small letters and single hyphens between them, such as canton-fair",
    r"^[a-z_]+(; [a-z_]+)*$": "codes of small letters and underscores with a semicolon and a space between them, such as training; finance",
    r"^[0-9a-f]{64}$": "64 characters, each a digit or a letter from a to f",
    r"^(exact|1/12|\d+(\.\d+)?)$": "exact, 1/12 (a month of a year), or a plain number such as 10000",
    r"^\d+(\.\d+)?( (thousand|million|billion))?$": "a number with the scale it is printed in, such as 2.90 million",
    r"^[1-9][0-9]*$": "a whole number from 1, such as 12",
    rf"^{_DATE}$": "YYYY, YYYY-MM and YYYY-MM-DD",
    rf"^{_DATE}(/{_DATE})?$": "YYYY, YYYY-MM and YYYY-MM-DD, and two of them with a slash between for a longer span",
}


def form_in_words(pattern: str) -> str:
    """What a pattern allows; the pattern itself where nobody has put it into words.

    Examples
    --------
    >>> form_in_words("^[1-9][0-9]*$")
    'a whole number from 1, such as 12'
    """
    return FORMS.get(pattern, f"text of the form {pattern}")
