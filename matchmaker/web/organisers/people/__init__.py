"""Pages for organisers, about people and their registrations."""
