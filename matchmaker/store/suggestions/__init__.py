"""What is kept of suggestions and answers to them."""
