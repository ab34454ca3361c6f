"""``onrecord new``."""

from __future__ import annotations

from pathlib import Path

import click

from onrecord.cli.group import complain, example, say


@click.command(epilog=example("onrecord new my-report", "cd my-report && mkdocs serve"))
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
def new(folder: Path) -> None:
    """Lay out a MkDocs project.

    It holds mkdocs.yml, an article, and a workflow that publishes the site on GitHub Pages.
    """
    from onrecord.origin import WHEELS, requirement
    from onrecord.scaffold import project_files
    from onrecord.write import new_folder, write_files

    files = project_files()
    with new_folder(folder) as fresh:
        write_files(fresh, files)
    for name in files:
        say(folder / name)
    if requirement().startswith(f"./{WHEELS}/"):
        complain(f"{folder / WHEELS}: put the wheel there that requirements.txt names, before you publish; {folder / 'README.md'} says how")
