"""Pages for organisers, about the event itself."""
