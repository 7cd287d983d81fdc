"""What is printed, sent or exported of people and their registrations."""
