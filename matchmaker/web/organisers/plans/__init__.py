"""Pages for organisers, about plans."""
