"""What is printed, sent or exported of plans."""
