"""Kind of job → what does it. The handlers are thin: each calls services, and says how far it is."""

from matchmaker.jobs.attendee_table import write_attendee_table
from matchmaker.jobs.claim_slips import print_claim_slips
from matchmaker.jobs.count_labels import count_labels
from matchmaker.jobs.import_attendees import import_attendees
from matchmaker.jobs.import_catalogue import import_catalogue
from matchmaker.jobs.label_table import write_label_table
from matchmaker.jobs.plan import make_plan
from matchmaker.jobs.plan_table import write_plan_table
from matchmaker.jobs.print_everything import print_all_sheets
from matchmaker.jobs.print_labels import print_labels
from matchmaker.jobs.print_sheets import print_sheets
from matchmaker.jobs.propose_tables import propose_tables
from matchmaker.jobs.rank_topics import rank_topics
from matchmaker.jobs.read_upload import read_upload
from matchmaker.jobs.refresh import refresh
from matchmaker.jobs.review_plans import review_plans
from matchmaker.jobs.suggest import suggest
from matchmaker.jobs.what_if import ask_what_if
from matchmaker.jobs.work import Handler

HANDLERS: dict[str, Handler] = {
    "attendee-table": write_attendee_table,
    "claim-slips": print_claim_slips,
    "count-labels": count_labels,
    "import-attendees": import_attendees,
    "import-catalogue": import_catalogue,
    "label-table": write_label_table,
    "lost-labels": propose_tables,
    "plan": make_plan,
    "plan-table": write_plan_table,
    "print": print_sheets,
    "print-everything": print_all_sheets,
    "print-labels": print_labels,
    "rank-topics": rank_topics,
    "read-upload": read_upload,
    "refresh": refresh,
    "review-plans": review_plans,
    "suggest": suggest,
    "what-if": ask_what_if,
}
"""Every kind of job there is."""
