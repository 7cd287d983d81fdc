"""What is printed, sent or exported of contributions, thanks and labels."""
