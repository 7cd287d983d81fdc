"""Who is credited for what."""
