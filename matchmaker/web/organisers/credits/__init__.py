"""Pages for organisers, about contributions, thanks and labels."""
