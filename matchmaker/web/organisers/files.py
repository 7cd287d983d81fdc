"""Files of an event: what was made for download, or uploaded."""

from io import BytesIO

from flask import abort, send_file
from werkzeug.wrappers import Response

from matchmaker.store import files
from matchmaker.web.access import event
from matchmaker.web.organisers import organisers
from matchmaker.web.transaction import session


@organisers.get("/files/<file>")
def file(file: str) -> Response:
    """Give one file, always as a download: what somebody uploaded must not be opened as a page of ours."""
    found = files.by_public_id(session(), event().id, file)
    if found is None:
        abort(404)
    return send_file(
        BytesIO(found.content), mimetype=found.media_type, as_attachment=True, download_name=found.name
    )
