"""The words in which dates are written: those of griffiers, of letters, and of our own screens."""

import re

MONTHS = {
    name: number
    for names in (
        "januari februari maart april mei juni juli augustus september oktober november december",
        "january february march april may june july august september october november december",
        "jan feb mrt apr mei jun jul aug sep okt nov dec",
        "jan feb mar apr may jun jul aug sep oct nov dec",
        "jan febr mrt apr mei juni juli aug sept okt nov dec",
    )
    for number, name in enumerate(names.split(), start=1)
}
WEEKDAYS = {
    name: number
    for names in (
        "ma di wo do vr za zo",
        "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag",
        "mon tue wed thu fri sat sun",
        "monday tuesday wednesday thursday friday saturday sunday",
    )
    for number, name in enumerate(names.split())
}
UNKNOWN = {
    "unknown",
    "onbekend",
    "not known",
    "not yet known",
    "niet bekend",
    "nog niet bekend",
    "nog onbekend",
    "nader te bepalen",
    "n.n.b.",
    "n.t.b.",
    "to be determined",
}
DAYS_FROM_TODAY = {
    "eergisteren": -2,
    "gisteren": -1,
    "yesterday": -1,
    "vandaag": 0,
    "today": 0,
    "morgen": 1,
    "tomorrow": 1,
    "overmorgen": 2,
}
"""Words for a day that depend on today, each with its distance in days."""

ASIDE = (
    "op",
    "on",
    "in",
    "per",
    "d.d.",
    "dd.",
    "dd",
    "m.i.v.",
    "met ingang van",
    "as of",
    "ergens in",
    "in de loop van",
    "in the course of",
    "during",
)
"""What stands before a date and takes nothing from it: “op 16 maart 2021”, “in maart 2021”."""
BEGINS = ("begin", "aan het begin", "in het begin", "early", "beginning", "at the beginning")
MIDDLES = ("medio", "half", "halverwege", "midden", "midden in", "mid", "middle", "in the middle")
ENDS = ("end", "eind", "einde", "aan het eind", "aan het einde", "late", "at the end")
BY = (
    "by",
    "uiterlijk",
    "uiterlijk op",
    "uiterlijk in",
    "op uiterlijk",
    "niet later dan",
    "not later than",
    "no later than",
)
BEFORE = ("voor", "vóór", "before")
FROM = ("van", "from")
BETWEEN = ("tussen", "between")
ABOUT = (
    "rond",
    "circa",
    "ca.",
    "ca",
    "omstreeks",
    "ongeveer",
    "±",
    "about",
    "around",
    "approximately",
)
SEASONS = (
    "voorjaar",
    "lente",
    "zomer",
    "najaar",
    "herfst",
    "winter",
    "zomerreces",
    "spring",
    "summer",
    "autumn",
    "fall",
)

_NTH = {
    word: number
    for number, words in enumerate(
        (
            "1 1e 1ste 1st eerste first",
            "2 2e 2de 2nd tweede second",
            "3 3e 3de 3rd derde third",
            "4 4e 4de 4th vierde fourth",
        ),
        start=1,
    )
    for word in words.split()
}
_PARTS = {"q": 4, "h": 2, "kwartaal": 4, "quarter": 4, "helft": 2, "halfjaar": 2, "half": 2}
"""The parts of a year that have a number, by how many of them make a year."""
_PART_OF_YEAR = (
    re.compile(
        rf"(?:het |de |the )?(?P<nth>{'|'.join(_NTH)}) (?P<part>[a-z]{{4,}}) (?P<year>[0-9]{{4}})"
    ),
    re.compile(r"(?P<part>[qh])(?P<nth>[1-4])[-/ ]?(?P<year>[0-9]{4})"),
    re.compile(r"(?P<year>[0-9]{4})[-/ ]?(?P<part>[qh])(?P<nth>[1-4])"),
)


def part_of_year(words: str) -> tuple[int, int, int] | None:
    """Return the year, the number of the part, and the number of parts; None if it is not one."""
    for form in _PART_OF_YEAR:
        found = form.fullmatch(words)
        if found and (parts := _PARTS.get(found["part"])):
            nth = _NTH[found["nth"]]
            return (int(found["year"]), nth, parts) if nth <= parts else None
    return None


_SAME = (
    (
        re.compile(
            r"\b(beginning|middle|end|quarter|half|begin|midden|eind|einde|kwartaal|helft) "
            r"(?:of|van) (?:the )?"
        ),
        r"\1 ",
    ),
    (re.compile(r"(?:^|(?<= ))the (?=beginning|middle|end|first|second|third|fourth)"), ""),
    (re.compile(r"(?:^|(?<= ))het (?=begin|midden|eind)"), ""),
    (re.compile(r"(?:^|(?<= ))mid-(?=[a-z])"), "mid "),
    (re.compile(r"(?<=[0-9])(?:st|nd|rd|th)(?: of)?(?= [a-z])"), ""),
)


def shortened(words: str) -> str:
    """Return words without what says nothing: “the end of March” as “end March”."""
    for form, short in _SAME:
        words = form.sub(short, words)
    return words
