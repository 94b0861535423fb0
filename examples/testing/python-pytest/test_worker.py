import pytest

from worker import report_progress, send


def test_progress_reaches_the_viewers_of_the_audit(gateway):
    event_id = report_progress("42", 3, 5)
    arrival = gateway.wait_for(event="audit.progress", channel="private-audit-42")
    assert arrival["id"] == event_id
    assert arrival["data"]["completed_steps"] == 3


def test_an_event_without_its_id_is_dead_lettered(gateway):
    send("audit.progress", {"completed_steps": 3})
    with pytest.raises(AssertionError, match="dead-lettered|late|queue"):
        gateway.wait_for(event="audit.progress", timeoutMs=500)
