"""The files of findings: where each lies, and that nothing else can lie there."""

from __future__ import annotations

from collections import Counter

from onrecord.export.files import corpus_files, export_files
from onrecord.text.addresses import is_id
from tests.support.fictional import fictional_pair


def test_no_article_can_be_named_as_a_file_of_all_articles() -> None:
    """Else its folder would lie where that file does."""
    tops = {file.path.partition("/")[0] for file in corpus_files(fictional_pair())}
    free = sorted(top for top in tops if is_id(top))
    assert not free, f"an article may be called {', '.join(free)}; name it in _OURS of text/addresses.py"


def test_every_file_has_a_place_of_its_own_and_is_said_what_it_holds() -> None:
    files = list(export_files(fictional_pair(), with_tei=True))
    twice = [path for path, times in Counter(file.path for file in files).items() if times > 1]
    assert not twice, f"two files would be written to {twice}"
    unsaid = [file.path for file in files if not (file.format and file.what.endswith("."))]
    assert not unsaid, f"say in a sentence what {unsaid} hold, and in which format"
