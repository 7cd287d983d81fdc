"""What is kept of the catalogue of datasets."""
