"""What is proved of a definition, in a browser: on its page, and before a process is started."""

from collections.abc import Iterator

import pytest

from tests.support.databases import Site, opened
from tests.support.engine import World
from tests.support.proofs import found_unsound, taken_as_sound
from tests.support.web import Served, serving

WHY = "de raden weten ervan"
START = "/starten?definitie=wijziging-gr"


@pytest.fixture
def unsound(files: Site, file_template: str, world: World) -> Iterator[Served]:
    """Serve an empty database where every definition is found unsound."""
    with (
        opened(files, file_template) as database,
        serving(database, world, prove=found_unsound) as served,
    ):
        yield served


@pytest.fixture
def sound(files: Site, file_template: str, world: World) -> Iterator[Served]:
    """Serve an empty database where every definition is found sound."""
    with (
        opened(files, file_template) as database,
        serving(database, world, prove=taken_as_sound) as served,
    ):
        yield served


def test_the_page_of_a_definition_says_what_is_proved_of_it(sound: Served) -> None:
    """As a check does: with what a proof does not cover."""
    words = sound.enter().get("/definities/wijziging-gr").words
    assert "Deze definitie is sluitend." in words
    assert "tenzij iets op gezag of buiten de volgorde wordt vastgelegd" in words


def test_the_page_of_a_definition_tells_what_is_wrong(unsound: Served) -> None:
    """How it comes about, and what would mend it."""
    words = unsound.enter().get("/definities/wijziging-gr").words
    assert "Deze definitie is niet sluitend." in words
    assert "Een korte weg daarheen, in 3 handelingen:" in words
    assert "Voeg een weg verder toe" in words


def test_what_is_unsound_is_started_only_with_a_reason(unsound: Served) -> None:
    """It is asked once it was refused; the page of the process recalls it."""
    visitor = unsound.enter()
    assert "Waarom het toch start" not in visitor.get(START).words
    page = visitor.fill_in(START, process="nieuw", on="1 juni 2022")
    assert 422 == page.status
    assert "is niet sluitend, dus er is niets gestart" in page.words
    assert "Geen weg verder" in page.words
    assert [""] == page.form.fields["allow_unsound"]

    page = visitor.send(page.form, step="show", allow_unsound=WHY)
    assert f"niet sluitend: {WHY}" in page.words
    visitor.follow(visitor.send(page.form))
    words = visitor.get("/trajecten/nieuw").words
    assert f"De definitie is niet sluitend; het traject is toch gestart: {WHY}" in words
    assert "Deze definitie is niet sluitend." in visitor.get("/trajecten/nieuw/definitie").words
