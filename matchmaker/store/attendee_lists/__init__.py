"""What is kept of attendee lists."""
