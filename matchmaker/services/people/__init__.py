"""What the system can do with people and their registrations."""
