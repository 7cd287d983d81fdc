"""What the system can do with attendee lists."""
