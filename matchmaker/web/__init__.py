"""What a person clicks."""
