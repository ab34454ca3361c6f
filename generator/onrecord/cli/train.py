"""``onrecord train``."""

from __future__ import annotations

from pathlib import Path

import click

from onrecord.cli.group import example, say
from onrecord.cli.options import model_option
from onrecord.cli.reading import progress_of


@click.command(
    epilog=example("onrecord train polnear/train --out trained", "onrecord build article.txt --attribution trained/classifier.json")
)
@click.argument("data", metavar="DATA_DIR", type=click.Path(path_type=Path))
@click.option(
    "--out", metavar="DIR", required=True, type=click.Path(path_type=Path), help="The folder to write classifier.json and cues.json to."
)
@model_option
def train(data: Path, out: Path, model: str) -> None:
    """Train the classifier of attributions.

    DATA_DIR holds text/NAME.txt and attributions/NAME_XXXX.ann, as PolNeAR has them. Needs pip install onrecord[train]. The same articles
    give the same classifier.
    """
    from onrecord.extract.language import load_pipeline
    from onrecord.train import teach_from

    with progress_of("Parsing") as progress:
        trained = teach_from(data, load_pipeline(model), progress)
    trained.write(out)
    say(f"{out / trained.CLASSIFIER}: taught by {trained.articles} articles", err=True)
