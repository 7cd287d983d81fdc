"""What is kept of plans."""
