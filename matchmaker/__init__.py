"""matchmaker: software for a day on which the people who work on a department's data meet face to face."""
