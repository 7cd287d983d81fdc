"""What is kept of people and their registrations."""
