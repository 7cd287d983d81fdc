"""What is kept of contributions, thanks and labels."""
