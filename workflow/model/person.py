"""Who is meant: a person by opaque id, or as somebody named them; never a text that may be both."""

from definitions.language.values import dataclass


@dataclass(frozen=True, slots=True)
class PersonId:
    """A person by opaque id, as the journal has it: for a program that knows who logged in.

    Attributes:
        id: never looked up as a name, also where somebody is called so.
    """

    id: str

    def __str__(self) -> str:
        """Return it as it is shown in a refusal."""
        return self.id


@dataclass(frozen=True, slots=True)
class Called:
    """A person as somebody named them, who is looked up in the transaction that needs them.

    Attributes:
        written: their name, alone or with their address, or their opaque id, as it was typed.
    """

    written: str

    def __str__(self) -> str:
        """Return it as it is shown in a refusal."""
        return self.written


Who = PersonId | Called
