"""What a receipt remarks on: what else is true of what was recorded."""


from tests.support.cli import PROCESS, Terminal, folded

DUE = "hoofdlijnennotitie.in-route"


def test_an_earlier_replanning_leaves_the_later_one_in_force(started: Terminal) -> None:
    """The receipt says which date the due has, as the agenda does."""
    started.does(f"replan {PROCESS} {DUE} 2021-05 --on 2021-03-20 --reason late")
    said = folded(started.does(f"replan {PROCESS} {DUE} 2021-04 --on 2021-02-20 --reason earlier"))
    assert f"A later replanning, of Sat 20 March 2021, stays in force: {DUE} is due May 2021." in (
        said
    )
    assert "Nothing else moves" not in said
    assert "now due April 2021" not in said
    dues = {each["id"]: each for each in started.data(f"due {PROCESS}")["dues"]}
    assert "2021-05" == dues[DUE]["written"]
