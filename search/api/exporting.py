"""Exporting: a result set as a file that is sent while it is read."""

from __future__ import annotations

import re
from urllib.parse import urlencode

from flask import Response, abort, request, url_for

from search.api.files import MIMETYPES, About, whole, writer_of
from search.http.site import Site
from search.params import ExportFormat, export_question_from

_LONGEST_NAME = 60


def export_response(site: Site) -> Response:
    """The file that the request at hand asks for.

    Headers say how many articles were found and how many the file holds. By these a part of it is known if
    the index cannot be read to the end: not every server lets the connection fail then.

    :raises ParameterError: for the first value that cannot be used.
    :raises BusyError: if too many files are being written.
    """
    if not site.settings.whole("max_export"):
        abort(404)
    wanted = export_question_from(request.args, site.settings)
    export = site.service.export(wanted.question, wanted.limit)
    asked = list(request.args.items(multi=True))
    text, name = wanted.question.text, site.settings.text("site_name")
    about = About(
        title=f"{name}: {text[:200]}" if text else name,
        name=name,
        address=f"{site.base_address}{url_for('.export')}?{urlencode(asked)}",
        home=site.base_address + url_for(site.endpoint("search_page", ".search")),
        total=export.total,
        count=len(export.ids),
        indexed=export.indexed,
    )
    writer = writer_of(wanted.format, wanted.fields, about, site.article_addresses(".document"))
    response = Response(whole(writer, export.pieces), content_type=MIMETYPES[wanted.format])
    response.call_on_close(export.close)
    response.headers["Content-Disposition"] = f'attachment; filename="{file_name(text, wanted.format)}"'
    response.headers["X-Total-Count"] = str(export.total)
    response.headers["X-Export-Count"] = str(len(export.ids))
    response.headers["Cache-Control"] = "no-cache"
    response.vary.update(("Accept-Language", "Host"))
    return response


def file_name(text: str, kind: ExportFormat) -> str:
    """What a file is called that answers a question."""
    words = re.findall(r"[a-z0-9]+", text.lower())
    return f"{'-'.join(words)[:_LONGEST_NAME].strip('-') or 'telusur'}.{kind}"
