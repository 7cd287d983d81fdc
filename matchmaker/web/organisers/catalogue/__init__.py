"""Pages for organisers, about the catalogue of datasets."""
