"""What the tab key offers for a word of the command line."""

from enum import Enum, auto


class Offer(Enum):
    """The kinds of names that a word can be one of."""

    DEFINITION = auto()
    FACTS = auto()
    EXPORTED = auto()
    """Whatever is shipped: a definition, or an example."""
    PROCESS = auto()
    PERSON = auto()
    ENTRY = auto()
    DRAWN = auto()
    """A definition, or a milestone of the process that is named."""
    MILESTONE = auto()
    TRIGGER = auto()
    STATE = auto()
    REQUEST = auto()
    BODY = auto()
    """A body or party that is asked, those still awaited first."""
    ANSWERED = auto()
    """A body or party that answered."""
    OUTCOME = auto()
    OPTION = auto()
    SIGNATORY = auto()
    POINT = auto()
    TOPIC = auto()
    """A milestone, a party or a body."""
    PARTY = auto()
    CANDIDATE = auto()
    """A party that may join."""
    GROUP = auto()
    ROLE = auto()
    TASK = auto()
    RESULT = auto()
    PART = auto()
    LEVEL = auto()
    SUBJECT = auto()
    """The party or group that a task or a part is for."""
    DUE = auto()
    SEAT = auto()
    HOLDER = auto()
    """A holder of the named seat."""
    AMENDABLE = auto()
