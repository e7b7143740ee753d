"""The screen of an erasure."""

from collections.abc import Iterator

from definitions.language.text import Text, ntext, text
from definitions.language.values import dataclass
from screens.page import Page, joined
from workflow.people import Erased, Filed


@dataclass(frozen=True, slots=True)
class TypedView:
    """An entry in which somebody typed a name or an address; the journal is never changed."""

    process: str
    seq: int


@dataclass(frozen=True, slots=True)
class ErasedView:
    """The result of an erasure, without the person's name.

    Attributes:
        dry_run: nothing was written.
        person: the opaque id under which their acts stay on record.
        entries: the number of entries with that id.
        letters: the number of stored letters from which they were erased.
        released: how many of those were not sent yet, and will be written anew.
        folders: the outcome in each folder of letters.
        not_rewritten: the tables (or the file) that may still contain deleted data.
        typed: the entries in which somebody typed their name or address, which stay.
        shared: somebody else has the same address, which therefore stays.
    """

    dry_run: bool
    person: str
    entries: int
    letters: int
    released: int
    folders: tuple[Filed, ...]
    not_rewritten: tuple[str, ...]
    typed: tuple[TypedView, ...]
    shared: bool


def erased_view(found: Erased, *, dry: bool) -> ErasedView:
    """Return the result of an erasure, as data for programs."""
    return ErasedView(
        dry_run=dry,
        person=found.held.id,
        entries=len(found.held.entries),
        letters=found.taken.letters,
        released=found.taken.released,
        folders=found.folders,
        not_rewritten=found.not_rewritten,
        typed=tuple(TypedView(*each) for each in found.typed),
        shared=found.shared,
    )


def erased(found: Erased, page: Page, *, dry: bool) -> str:
    """Return the result of an erasure: the letters and files changed, and the data that stays."""
    values = {"name": found.name, "id": found.held.id}
    said = (
        text("Only tried; “{name}” would be forgotten.", **values)
        if dry
        else text("“{name}” is forgotten; what they did stands under {id}.", **values)
    )
    stays = ntext(
        "{n} entry of the journals has that id, and no name.",
        "{n} entries of the journals have that id, and no name.",
        len(found.held.entries),
    )
    reached = _would_be_taken_out(found) if dry else _taken_out(found)
    return joined(page.paragraph(each) for each in (said, stays, *reached, *_left(found)))


def _would_be_taken_out(found: Erased) -> Iterator[Text]:
    """Yield from what a person would be erased."""
    if found.taken.letters:
        yield ntext(
            "{n} letter that is kept is to or about them.",
            "{n} letters that are kept are to or about them.",
            found.taken.letters,
        )
    for each in found.folders:
        if each.changed:
            yield ntext(
                "{n} letter in {folder} is to or about them.",
                "{n} letters in {folder} are to or about them.",
                each.changed,
                folder=each.folder,
            )


def _taken_out(found: Erased) -> Iterator[Text]:
    """Yield from what a person was erased."""
    if found.taken.letters:
        yield ntext(
            "{n} letter that is kept has no name and address of theirs any more.",
            "{n} letters that are kept have no name and address of theirs any more.",
            found.taken.letters,
        )
    if found.taken.released:
        yield ntext(
            "{n} of them was not sent yet: it is written anew, without them.",
            "{n} of them were not sent yet: they are written anew, without them.",
            found.taken.released,
        )
    for each in found.folders:
        if each.changed:
            yield ntext(
                "{n} letter in {folder} has no name and address of theirs any more.",
                "{n} letters in {folder} have no name and address of theirs any more.",
                each.changed,
                folder=each.folder,
            )


def _left(found: Erased) -> Iterator[Text]:
    """Say where something of a person may stand still, and what to do about it."""
    if found.shared:
        yield text("Somebody else is reached at the same address, which stays for that reason.")
    for each in found.folders:
        if each.left:
            yield text(
                "Not reached, in {folder}: {left}.", folder=each.folder, left=list(each.left)
            )
    if found.not_rewritten:
        yield text(
            "Deleted data may still be on the disk, in {tables}: these could not be written "
            "anew. When nothing else runs, have whoever owns the database do that: {how}",
            tables=list(found.not_rewritten),
            how="; ".join(f"VACUUM (FULL, ANALYZE) {each}" for each in found.not_rewritten)
            if all(each.isidentifier() for each in found.not_rewritten)
            else "VACUUM",
        )
    if found.typed:
        where: dict[str, list[str]] = {}
        for process, seq in found.typed:
            where.setdefault(process, []).append(str(seq))
        yield ntext(
            "In {n} entry somebody typed the name or the address; the journal is never changed: "
            "{where}.",
            "In {n} entries somebody typed the name or the address; the journal is never changed: "
            "{where}.",
            len(found.typed),
            where=[f"{process} {', '.join(each)}" for process, each in where.items()],
        )
