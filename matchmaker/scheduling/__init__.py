"""In which round and at which table people meet."""
