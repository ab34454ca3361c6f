"""``onrecord export``: the findings as data; and ``onrecord pages``: the pages as Markdown files for any site builder."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from onrecord.cli.group import ReadingOptions, example, out_option, reads_articles, templates_option, text_option
from onrecord.cli.reading import LeftOut, inputs_of, reports_of
from onrecord.options import TextMode

if TYPE_CHECKING:
    from onrecord.model import Report


@click.command(epilog=example("onrecord export articles/ --out data", "onrecord export article.txt --out data --tei"))
@out_option
@click.option("--tei", is_flag=True, help="Also each article as TEI, with what is said marked up.")
@text_option
@reads_articles
def export(options: ReadingOptions, out: Path, tei: bool, text: TextMode) -> None:
    """Write the findings as data.

    Tables as CSV and JSON lines with a Frictionless data package, edges for Gephi, and for each article its report and W3C Web Annotations:
    the files that a site has under downloads/.
    """
    from onrecord.assembly.site import gather_exports, try_alone
    from onrecord.assembly.write import clear, replaced_folder, write_exports
    from onrecord.faults import without_faulty

    left_out = LeftOut(options.strict)
    with replaced_folder(out, "export", options.inputs()) as folder:
        inputs = inputs_of(options)

        def make(reports: Sequence[Report]) -> None:
            clear(folder)
            files = gather_exports(reports, inputs, text=text, with_tei=tei)
            write_exports(folder, files)

        alone = partial(try_alone, inputs=inputs, text=text, with_pages=False)
        without_faulty(reports_of(options, inputs, left_out), make, alone, left_out)
        left_out.refuse_if_strict()
    left_out.finish()


@click.command(epilog=example("onrecord pages articles/ --out docs", "mkdocs build  # with a mkdocs.yml beside docs/, and no plugin"))
@out_option
@click.option(
    "--urls",
    "style",
    type=click.Choice(["directory", "file"]),
    default="directory",
    show_default=True,
    help="How the site builder names pages: actors/ann/ or actors/ann.html. MkDocs does the first unless use_directory_urls is false.",
)
@templates_option
@text_option
@reads_articles
def pages(options: ReadingOptions, out: Path, style: Any, templates: Path | None, text: TextMode) -> None:
    """Write the pages as Markdown files.

    Any site builder can take them: each is YAML front matter and one block of HTML. Links between them fit the addresses that --urls names.
    """
    from onrecord.assembly.site import gather_corpus, render_site, try_alone
    from onrecord.assembly.write import clear, replaced_folder, write_pages
    from onrecord.faults import without_faulty
    from onrecord.render.engine.links import Urls

    left_out = LeftOut(options.strict)
    with replaced_folder(out, "pages", options.inputs()) as folder:
        inputs = inputs_of(options)

        def make(reports: Sequence[Report]) -> None:
            clear(folder)
            corpus = gather_corpus(reports, inputs)
            site = render_site(corpus, style=style, templates=templates, lock=inputs.lock, text=text)
            write_pages(folder, *site, urls=Urls(style))

        alone = partial(try_alone, inputs=inputs, templates=templates, text=text)
        without_faulty(reports_of(options, inputs, left_out), make, alone, left_out)
        left_out.refuse_if_strict()
    left_out.finish()
