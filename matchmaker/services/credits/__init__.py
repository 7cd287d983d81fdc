"""What the system can do with contributions, thanks and labels."""
