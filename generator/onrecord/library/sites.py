"""A finished site from reports."""

from __future__ import annotations

from collections.abc import Iterable
from os import PathLike
from pathlib import Path

from onrecord.assembly.site import NO_INPUTS, gather_corpus, render_site, site_title
from onrecord.errors import OutputError
from onrecord.library.views import ReportView
from onrecord.model import Report
from onrecord.options import TextMode


def build(
    reports: Iterable[ReportView | Report],
    folder: str | PathLike[str],
    *,
    title: str | None = None,
    text: TextMode = "full",
    review: bool = False,
) -> Path:
    """Builds a finished site in a folder, as ``onrecord build`` does, and returns its first page.

    Of what is in the folder, the files are replaced that an earlier build wrote, in one step when all is done. ``title`` is by default that
    of a single article; ``text`` says how much of each article is shown; ``review`` adds the review queue, for editors. Raises
    :class:`onrecord.errors.OutputError` where the folder holds something else, or cannot be written to.
    """
    from mkdocs.exceptions import Abort

    from onrecord.assembly.mkdocs_run import STYLE, run_mkdocs
    from onrecord.assembly.write import replaced_folder
    from onrecord.render.head import without_markup

    plain = [one.value if isinstance(one, ReportView) else one for one in reports]
    if not plain:
        raise OutputError(f"{folder}: no report to build a site of; give at least one")
    name = without_markup(title or site_title(plain))
    rendered = render_site(gather_corpus(plain, NO_INPUTS), style=STYLE, text=text, title=name, for_review=review)
    told: list[str] = []
    with replaced_folder(Path(folder), "build") as fresh:
        try:
            run_mkdocs(fresh, name, rendered, strict=False, tell=told.append)
        except Abort as stop:
            raise OutputError(f"{folder}: MkDocs stopped ({'; '.join(told) or stop}); mend that, and build again") from stop
    return Path(folder) / "index.html"
