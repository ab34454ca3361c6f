"""Shows that a change of the program changes nothing that it writes: digests of every file, of this checkout and of another.

    git worktree add ../before COMMIT
    python benchmarks/unchanged.py FOLDER...                      # this checkout alone: how many files there are
    python benchmarks/unchanged.py FOLDER... --before ../before   # against another: the files that differ; exit code 1 when any does

Of each folder (or file) of articles the first ``--limit`` are extracted, built as a site (once with all, once with no text of them and a
review queue, once cut by year), written as Markdown pages, exported with TEI, and built by MkDocs. What names the program itself, not what
it found, is left out: the stamp of its sources, and the list of digests in which that stands.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import click

from onrecord.options import default_attribution

COMMANDS: Mapping[str, Sequence[str]] = {
    "extract": ("extract", "-o", "{out}/reports.jsonl"),
    "build": ("build", "--out", "{out}/site", "--title", "Unchanged"),
    "build --text none": ("build", "--out", "{out}/site", "--title", "Unchanged", "--text", "none", "--review"),
    "build --by year": ("build", "--out", "{out}/site", "--title", "Unchanged", "--by", "year"),
    "pages": ("pages", "--out", "{out}/pages"),
    "export": ("export", "--out", "{out}/data", "--tei"),
}
OF_THE_PROGRAM = {".onrecord", ".onrecord-stamp"}
PROJECT = (
    "site_name: Unchanged\nuse_directory_urls: false\ntheme: onrecord\nplugins:\n  - search\n  - onrecord:\n      review: true\n"
    "      attribution: {attribution}\n"
)
SUFFIXES = {".txt", ".md", ".html"}


def digests_of(checkout: Path, articles: Sequence[Path], attribution: str) -> dict[str, str]:
    """SHA-256 of every file that the program of a checkout makes of the articles, by command and path."""
    found: dict[str, str] = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        environment = {
            **os.environ,
            "PYTHONPATH": str(checkout / "generator"),
            "ONRECORD_CACHE": str(folder / "cache"),
            "SOURCE_DATE_EPOCH": "1780000000",
            "PYTHONHASHSEED": "random",
        }
        texts = folder / "project" / "docs" / "articles"
        texts.mkdir(parents=True)
        for article in articles:
            shutil.copyfile(article, texts / article.name)
        (folder / "project" / "docs" / "index.md").write_text("# Unchanged\n", encoding="utf-8")
        (folder / "project" / "mkdocs.yml").write_text(PROJECT.format(attribution=attribution), encoding="utf-8")

        def run(title: str, command: Sequence[str]) -> None:
            out = folder / "out"
            out.mkdir()
            line = [part.format(out=out) for part in command]
            done = subprocess.run(
                [sys.executable, "-m", *line], cwd=folder / "project" / "docs", env=environment, capture_output=True, text=True, check=False
            )
            if done.returncode > 1:
                raise SystemExit(f"{checkout}: {title} failed\n{done.stderr}")
            for file in sorted(out.rglob("*")):
                if file.is_file() and file.name not in OF_THE_PROGRAM:
                    found[f"{title}: {file.relative_to(out).as_posix()}"] = hashlib.sha256(file.read_bytes()).hexdigest()
            shutil.rmtree(out)

        for title, command in COMMANDS.items():
            run(title, ("onrecord", command[0], "articles", "--attribution", attribution, *command[1:]))
        run("mkdocs", ("mkdocs", "build", "--quiet", "-f", "../mkdocs.yml", "--site-dir", "{out}/site"))
    return found


@click.command(help=__doc__.split("\n")[0] if __doc__ else None)
@click.argument("folders", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--before", type=click.Path(exists=True, file_okay=False, path_type=Path), help="A checkout of another version.")
@click.option("--limit", default=100, show_default=True, help="The most articles of a folder.")
@click.option(
    "--attribution", default=default_attribution, show_default="the best that is installed", help="How quotes get their speakers."
)
def main(folders: Sequence[Path], before: Path | None, limit: int, attribution: str) -> None:
    checkout = Path(__file__).resolve().parent.parent
    failed = False
    for folder in folders:
        files = [folder] if folder.is_file() else sorted(file for file in folder.iterdir() if file.suffix in SUFFIXES)[:limit]
        now = digests_of(checkout, files, attribution)
        click.echo(f"{folder}: {len(files)} articles, {len(now)} files")
        if before is None:
            continue
        then = digests_of(before.resolve(), files, attribution)
        different = sorted(name for name in {*now, *then} if now.get(name) != then.get(name))
        for name in different[:50]:
            click.echo(f"  {'new' if name not in then else 'gone' if name not in now else 'different'}  {name}")
        click.echo(f"  {len(different)} differ")
        failed = failed or bool(different)
    sys.exit(failed)


if __name__ == "__main__":
    main()
