"""The component for spaCy pipelines of others."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from onrecord.library import component
from tests.conftest import ROOT

TEXT = 'Mayor Ana Petrov said the ferry will stay. "Nobody asked us," union leader Carla Mensah told the Courier.'


@pytest.fixture(scope="module")
def nlp() -> Language:
    pipeline = spacy.blank("en")
    pipeline.add_pipe("onrecord", config={"attribution": "rules"})
    return pipeline


def test_a_doc_has_its_quotes(nlp: Language) -> None:
    doc = nlp(TEXT)
    assert [(one.kind, one.speaker.name if one.speaker else "") for one in doc._.quotes] == [
        ("indirect", "Ana Petrov"),
        ("direct", "Carla Mensah"),
    ]
    assert [actor.name for actor in doc._.actors][:2] == ["Ana Petrov", "Carla Mensah"]
    assert doc._.report.text == doc.text, "offsets count in the Doc's own text"
    assert [(span.text, span.label_) for span in doc.spans[component.SPANS]] == [
        ("the ferry will stay", "indirect"),
        ('"Nobody asked us,"', "direct"),
    ]


def test_a_doc_without_words_has_none(nlp: Language) -> None:
    doc = nlp("  \n")
    assert (doc._.quotes, doc._.actors, doc._.report) == ((), (), None)


def test_a_doc_is_written_and_read_with_its_quotes(nlp: Language) -> None:
    doc = nlp(TEXT)
    again = Doc(nlp.vocab).from_bytes(doc.to_bytes())
    assert again._.quotes == doc._.quotes


def test_it_goes_to_other_processes(nlp: Language) -> None:
    component = pickle.loads(pickle.dumps(nlp.get_pipe("onrecord")))
    assert component(nlp.make_doc(TEXT))._.quotes == nlp(TEXT)._.quotes


def test_a_name_that_somebody_else_gave_stays_theirs(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = {name: Doc.remove_extension(name) for name in ("onrecord_json", "report", "quotes", "actors")}
    Doc.set_extension("quotes", default="mine")
    try:
        with pytest.raises(ValueError, match="quotes"):
            spacy.blank("en").add_pipe("onrecord")
        with pytest.raises(ValueError, match="quotes"):  # also the second time
            spacy.blank("en").add_pipe("onrecord")
        assert spacy.blank("en")("x")._.quotes == "mine"
    finally:
        for name in ("onrecord_json", "report", "quotes", "actors"):
            if Doc.has_extension(name):
                Doc.remove_extension(name)
        for name, (default, _, getter, _) in kept.items():
            Doc.set_extension(name, **{"getter": getter} if getter else {"default": default})


@pytest.mark.slow
@pytest.mark.parametrize("before", ["", "import onrecord.library.component; "])
def test_spacy_finds_it_by_its_entry_point(before: str, tmp_path: Path) -> None:
    """As pip would note it; that the wheel has the entry is for tests/repository/test_packaging.py."""
    doors = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["entry-points"]["spacy_factories"]
    noted = tmp_path / "noted-1.dist-info"
    noted.mkdir()
    (noted / "METADATA").write_text("Metadata-Version: 2.1\nName: noted\nVersion: 1\n")
    lines = [f"{name} = {place}" for name, place in doors.items()]
    (noted / "entry_points.txt").write_text("\n".join(["[spacy_factories]", *lines, ""]))
    code = f"{before}import spacy; nlp = spacy.blank('en'); nlp.add_pipe('onrecord'); print(nlp.pipe_names)"
    paths = os.pathsep.join([str(tmp_path), *filter(None, [os.environ.get("PYTHONPATH")]), *sys.path[1:]])
    done = subprocess.run([sys.executable, "-c", code], env=os.environ | {"PYTHONPATH": paths}, capture_output=True, text=True, check=False)
    assert done.stdout == "['onrecord']\n", done.stderr
