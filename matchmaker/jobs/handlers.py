"""Kind of job → what does it. The handlers are thin: each calls services, and says how far it is."""

from matchmaker.jobs.work import Handler

HANDLERS: dict[str, Handler] = {}
"""Every kind of job there is."""
