"""Pages for organisers, about attendee lists."""
