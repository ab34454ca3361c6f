"""Builds the reports of the gallery beside the documentation: a hook of MkDocs, named in mkdocs.yml.

MkDocs builds one site at a time in a process, so that the reports are built in another.
"""

import subprocess
import sys
from pathlib import Path

import click
from mkdocs.config.defaults import MkDocsConfig

import onrecord

HERE = Path(__file__).parent


def on_post_build(config: MkDocsConfig) -> None:
    """Builds them into the finished site; not into the one that ``mkdocs serve`` makes anew with each change, which they would hold up."""
    context = click.get_current_context(silent=True)
    if context is not None and context.info_name == "serve":
        return
    subprocess.run([sys.executable, __file__, f"{config.site_dir}/gallery"], check=True)


def build_gallery(out: Path) -> None:
    """A site for each text of this folder, in a folder of its name."""
    for text in sorted(HERE.glob("*.md")):
        onrecord.build([onrecord.read(text)], out / text.stem)


if __name__ == "__main__":
    build_gallery(Path(sys.argv[1]))
