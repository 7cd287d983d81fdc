"""What is kept of the event itself."""
