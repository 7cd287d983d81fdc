"""Pages for anyone signed in, about contributions, thanks and labels."""
