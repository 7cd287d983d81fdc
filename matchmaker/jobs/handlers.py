"""Kind of job → what does it. The handlers are thin: each calls services, and says how far it is."""

from matchmaker.jobs.plan import make_plan
from matchmaker.jobs.suggest import suggest
from matchmaker.jobs.work import Handler

HANDLERS: dict[str, Handler] = {
    "plan": make_plan,
    "suggest": suggest,
}
"""Every kind of job there is."""
