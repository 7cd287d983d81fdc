"""What runs behind a page."""
