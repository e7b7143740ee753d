"""Which nodes there are."""

from tests.support.outbox import Desk


def test_nodes_beat_and_leave(desk: Desk) -> None:
    """So that a silent one is seen."""
    desk.outbox.record_heartbeat("one", desk.now, desk.now)
    desk.wait(minutes=1)
    desk.outbox.record_heartbeat("one", desk.now, desk.now)
    desk.outbox.sign_off("one")

    assert desk.outbox.next_wake(desk.now) is not None
