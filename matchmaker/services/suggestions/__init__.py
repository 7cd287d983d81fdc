"""What the system can do with suggestions and answers to them."""
