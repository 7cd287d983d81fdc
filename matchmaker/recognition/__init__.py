"""Who is credited for what: roles, states, rules, and the label of a dataset."""
