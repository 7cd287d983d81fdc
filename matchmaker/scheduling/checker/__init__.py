"""Judging a plan against its problem, with no code of the solver."""
