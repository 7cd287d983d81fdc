"""What the system can do with the event itself."""
