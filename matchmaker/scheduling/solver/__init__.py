"""From a problem to a plan and its certificate."""
