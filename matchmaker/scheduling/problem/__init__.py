"""What the planner is asked and what it answers: the values that solver and checker share."""
