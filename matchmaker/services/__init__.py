"""What the system can do: one verb a function, the session its first argument."""
