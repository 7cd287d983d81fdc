"""What is printed, sent or exported: frozen inputs in, text or bytes out."""
