"""What the system can do with plans."""
