"""A finished site from reports."""

from __future__ import annotations

from collections.abc import Iterable
from os import PathLike
from pathlib import Path

from onrecord.assembly.site import gather_corpus
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

    from onrecord.assembly.mkdocs_run import SiteOptions, write_site
    from onrecord.assembly.write import replaced_folder

    plain = [one.value if isinstance(one, ReportView) else one for one in reports]
    if not plain:
        raise OutputError(f"{folder}: no report to build a site of; give at least one")
    told: list[str] = []
    with replaced_folder(Path(folder), "build") as fresh:
        try:
            write_site(fresh, gather_corpus(plain), SiteOptions(title=title or "", text=text, review=review), told.append)
        except Abort as stop:
            raise OutputError(f"{folder}: MkDocs stopped ({'; '.join(told) or stop}); mend that, and build again") from stop
    return Path(folder) / "index.html"
