"""What is printed about an event as a whole."""
