"""What happens at the door."""

from checkin.readings import Reading, Verdict
from checkin.services.door import open_door
from checkin.services.scans import record_scans, told
from checkin.services.undo import NotUndoable, Undone, undo_scan

__all__ = ["NotUndoable", "Reading", "Undone", "Verdict", "open_door", "record_scans", "told", "undo_scan"]
