"""Files of an event: what was made for download, or uploaded."""

from io import BytesIO

from flask import send_file, url_for
from werkzeug.wrappers import Response

from matchmaker.store import files
from matchmaker.web.access import event
from matchmaker.web.file_names import of_kept_file
from matchmaker.web.gone import say_gone
from matchmaker.web.organisers import organisers
from matchmaker.web.transaction import session


@organisers.get("/files/<file>")
def file(file: str) -> Response:
    """Give one file, always as a download: what somebody uploaded must not be opened as a page of ours."""
    found = files.by_public_id(session(), event().id, file)
    if found is None:
        say_gone(
            "This file is not kept any more, or another has taken its place. Make it again where you made it",
            url_for("organisers.home"),
            "Overview",
        )
    return send_file(
        BytesIO(found.content),
        mimetype=found.media_type,
        as_attachment=True,
        download_name=of_kept_file(event(), found.name),
    )
