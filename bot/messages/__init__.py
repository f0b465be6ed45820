"""What people read: pure functions from a value and a localizer to an `OutgoingMessage`."""
