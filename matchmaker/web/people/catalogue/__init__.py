"""Pages for anyone signed in, about the catalogue of datasets."""
