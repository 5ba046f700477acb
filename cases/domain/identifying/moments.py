"""Days and times in four languages: who was there at that moment is often known to few."""

import re
from collections.abc import Iterator

from cases.domain.identifying.plain import Span

_MONTHS = {
    "nl": "januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december",
    "fr": "janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre",
    "de": (
        "januar|janner|februar|marz|maerz|april|mai|juni|juli|august|september|oktober|november"
        "|dezember"
    ),
    "en": "january|february|april|june|july|august|september|october|november|december",
}
# They are everyday words too, so they count beside a number or after "in" only.
_AMBIGUOUS_MONTHS = "may|march"
_SHORT_MONTHS = (
    "jan|feb|febr|mrt|apr|aug|sep|sept|okt|oct|nov|dec|dez|janv|fevr|avr|juil|mar|mei|mai|jun|jul"
)
_DAYS = {
    "nl": "(?:maan|dins|woens|donder|vrij|zater|zon)dag(?:en|s)?|(?:week|paas|pinkster|kerst)dag",
    "fr": "(?:lun|mar|mercre|jeu|vendre|same)dis?|dimanches?",
    "de": "(?:mon|diens|donners|frei|sams|sonn)tage?s?|mittwochs?|sonnabends?",
    "en": "(?:mon|tues|wednes|thurs|fri|satur|sun)days?",
}
_RELATIVE = {
    "nl": (
        "eergisteren|gisteren|gister(?:avond|ochtend|middag)|vandaag|vanochtend|vanmorgen|vanmiddag"
        "|vanavond|overmorgen|(?:vorige?|afgelopen|voorbije) (?:week|maand|jaar|zomer|winter)"
        "|'s (?:ochtends|morgens|middags|avonds|nachts)|middernacht"
    ),
    "fr": (
        "avant-hier|hier|aujourd'hui|apres-demain|demain|ce (?:matin|midi|soir)|cette nuit"
        "|(?:la semaine|l'annee|le mois|l'an) (?:derniere?|passee?)|minuit|midi"
    ),
    "de": (
        "vorgestern|gestern|heute|ubermorgen"
        "|(?:letzte[rnsm]?|vorige[rnsm]?|vergangene[rnsm]?) (?:woche|monat|jahr|sommer|winter)"
        "|mitternacht|(?:morgens|mittags|abends|nachts)"
    ),
    "en": (
        "yesterday|today|tonight|tomorrow|this (?:morning|afternoon|evening)|midnight|noon"
        "|last (?:night|week|month|year|summer|winter|spring|autumn)"
    ),
}
_SPELLED_HOURS = {
    "nl": "een|twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf",
    "fr": "une|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze",
    "de": "eins?|zwei|drei|vier|funf|sechs|sieben|acht|neun|zehn|elf|zwolf",
    "en": "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve",
}
_SPELLED = {
    "nl": r"(?:half|kwart (?:voor|over)) (?:{hours}|\d\d?)|(?:{hours}) uur",
    "fr": r"(?:{hours}|\d\d?) heures?(?: et demie| et quart| moins le quart)?",
    "de": r"(?:halb|viertel (?:vor|nach)) (?:{hours}|\d\d?)|(?:{hours}) uhr",
    "en": r"(?:half past|quarter (?:to|past)) (?:{hours}|\d\d?)|(?:{hours}) o'clock",
}
_HOUR = r"(?:[01]?\d|2[0-4])"
_NUMERIC = (
    r"(?:19|20)\d\d[-/.](?:0?[1-9]|1[0-2])[-/.]\d\d?(?:T\d\d:\d\d)?(?![\d])"
    r"|(?:0?[1-9]|[12]\d|3[01]) ?([/.-]) ?(?:0?[1-9]|1[0-2]) ?\1 ?(?:(?:19|20)\d\d|\d\d)(?!\d)"
    r"|(?:0?[1-9]|[12]\d|3[01])/(?:0?[1-9]|1[0-2])(?![\d/])"
    r"|(?:19|20)\d\d(?![\d/.-]?\d)"
    rf"|{_HOUR}[:.][0-5]\d(?::[0-5]\d)?(?![\d.])(?: ?(?:uur|uhr|heures?|[ap]\.?m\b))?"
    rf"|{_HOUR} ?[hu](?: ?[0-5]\d)?(?!\w)"
    rf"|{_HOUR} ?(?:uur|uhr|heures?|o'clock|[ap]\.?m)(?!\w)"
)
_DAY_NUMBER = r"\d\d?(?:\.|er|e|de|ste|st|nd|rd|th)?(?: of)?"


def moments(plain: str, language: str) -> Iterator[Span]:
    """Every date and time in a plain text: the language's own words, and numbers of any."""
    for found in _PATTERNS[language].finditer(plain):
        yield found.span()


def _pattern(language: str) -> re.Pattern[str]:
    every = "|".join(_MONTHS.values())
    months = rf"(?:(?:{every}|{_AMBIGUOUS_MONTHS})\b|(?:{_SHORT_MONTHS})\b\.?)"
    year = r"(?:,? (?:19|20)\d\d| '\d\d)?"
    spelled = _SPELLED[language].replace("{hours}", _SPELLED_HOURS[language])
    return re.compile(
        rf"(?<![\w/.-])(?:{_DAY_NUMBER} ?-?{months}{year}"
        rf"|{months} (?:(?:19|20)\d\d|\d\d?(?:st|nd|rd|th)?)(?!\w){year}"
        rf"|(?:in|since|until|last|next|by|of) (?:{_AMBIGUOUS_MONTHS})\b{year}"
        rf"|{_NUMERIC})"
        rf"|(?<!\w)(?:{every}|{_DAYS[language]}|{_RELATIVE[language]}|{spelled})(?!\w)",
        re.IGNORECASE,
    )


_PATTERNS = {language: _pattern(language) for language in _MONTHS}
