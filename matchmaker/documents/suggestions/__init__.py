"""What is printed, sent or exported of suggestions and answers to them."""
