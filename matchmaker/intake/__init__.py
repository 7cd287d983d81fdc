"""Reading other people's files: attendee lists and dataset catalogues."""
