"""What the system can do with the catalogue of datasets."""
