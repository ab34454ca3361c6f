"""``onrecord schema``."""

from __future__ import annotations

import json

import click

from onrecord.cli.group import example


@click.command(epilog=example("onrecord schema > report.schema.json", "onrecord schema actors > actors.schema.json"))
@click.argument("what", type=click.Choice(["report", "corpus", "actors", "corrections", "lock"]), default="report")
def schema(what: str) -> None:
    """Print a JSON Schema.

    Of a report (the default), of a site's corpus.json, or of the files that --actors, --corrections and --lock take.
    """
    from onrecord.corrections.actions import corrections_schema
    from onrecord.gazetteer import gazetteer_schema
    from onrecord.permalinks.lock import lock_schema
    from onrecord.report_json import corpus_schema, report_schema

    schemas = {
        "report": report_schema,
        "corpus": corpus_schema,
        "actors": gazetteer_schema,
        "corrections": corrections_schema,
        "lock": lock_schema,
    }
    click.echo(json.dumps(schemas[what](), indent=2, ensure_ascii=False))
