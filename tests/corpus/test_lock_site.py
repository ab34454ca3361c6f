"""Whole sites, built again after an edit: a link that was published leads to its words, or says that they are gone."""

from __future__ import annotations

import json
import logging
import re
from html import unescape
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from mkdocs.exceptions import Abort
from spacy.language import Language

from onrecord.cli import main
from onrecord.corpus.lock import load_lock
from onrecord.reports.extraction import Reporter
from onrecord.text.ids import seal
from tests.mkdocs.test_plugin import Project, messages
from tests.support.crawl import broken

FERRY = '"We keep the old ferry running," Mayor Ana Petrov said on Tuesday.'
STORY = f"{FERRY} Petrov told reporters that the harbour fund would pay for it.\n\nTreasurer Bo Lind said the fund was empty.\n"
PAGE = "articles/vote/index.html"
GONE = '<section class="orx-dead"'


@pytest.fixture
def project(tmp_path: Path, nlp: Language, monkeypatch: pytest.MonkeyPatch) -> Project:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ONRECORD_CACHE", str(tmp_path / "kept"))
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    monkeypatch.setattr("onrecord.reports.extraction.load", lambda model: nlp)
    monkeypatch.setattr(Reporter.__init__, "__defaults__", (lambda model: nlp, *Reporter.__init__.__defaults__[1:]))  # type: ignore[index]
    made = Project(tmp_path, Reporter())
    made.write("docs/articles/vote.md", STORY)
    return made


def lock(*options: str) -> Result:
    return CliRunner().invoke(main, ["lock", "docs/articles", *options])


def locked(project: Project, words: str) -> str:
    """The id under which some words were locked as a quote."""
    lines = [json.loads(line) for line in (project.root / "onrecord.lock").read_text().splitlines()]
    return str(next(line["id"] for line in lines if line["kind"] == "link" and line["id"][0] == "q" and words in line["words"]))


def words_at(page: str, id: str) -> str:
    """The text that begins at an anchor."""
    assert page.count(f'id="{id}"') == 1
    after = page.partition(f'id="{id}"')[2].partition(">")[2]
    return unescape(re.sub(r"<[^>]*>", "", after[:2000])).strip(' "“\n')


def rebuilt(project: Project, story: str) -> str:
    """The article's page after an edit, on a site without a broken link."""
    project.write("docs/articles/vote.md", story)
    project.build(site_url="https://example.org/repo/")
    assert broken(project.site, base="/repo/") == []
    return project.page(PAGE)


def test_a_quote_keeps_its_address_while_others_come_and_go(project: Project) -> None:
    assert lock().exit_code == 0
    id = locked(project, "We keep the old ferry running")
    page = rebuilt(project, f'"It rained all day," Carla Mensah told the Courier.\n\nIt did.\n\n{STORY}')
    assert words_at(page, id).startswith("We keep the old ferry running")
    assert GONE not in page and "An older link" not in page


def test_words_that_are_part_of_another_quote_by_now_keep_their_place(project: Project) -> None:
    lock()
    id = locked(project, "We keep the old ferry running")
    page = rebuilt(project, STORY.replace("ferry running", "ferry running and the pier open"))
    assert words_at(page, id).startswith("We keep the old ferry running")
    assert re.search(
        rf'An older link leads to <a href="#{id}">words here</a> that were listed as a quote. They are now in <a [^>]*>note 1</a>', page
    )


def test_words_that_are_gone_are_said_to_be(project: Project) -> None:
    lock()
    id = locked(project, "We keep the old ferry running")
    page = rebuilt(project, STORY.replace("We keep", "We do not keep"))
    assert page.index(GONE) < page.index(f'id="{id}"')
    assert "as published: <span" in page and "the article no longer has these words as they stood" in page
    said_by_lind = locked(project, "the fund was empty")
    assert words_at(page, said_by_lind).startswith("the fund was empty")


def test_words_that_stand_twice_lead_to_neither(project: Project) -> None:
    lock()
    id = locked(project, "We keep the old ferry running")
    page = rebuilt(project, STORY + "\n“We keep the old ferry running,” Carla Mensah said.\n")
    assert page.index(GONE) < page.index(f'id="{id}"')
    assert "these words now stand in more than one place" in page


def test_without_a_lock_nothing_is_kept_and_a_second_build_is_the_same(project: Project) -> None:
    project.build()
    once = project.files()
    project.build()
    assert project.files() == once
    lock()
    project.build()
    assert project.page(PAGE).encode() == once[PAGE]  # what was locked just now changes nothing


def test_an_actor_whose_page_is_gone_says_so(project: Project) -> None:
    lock()
    rebuilt(project, f"{FERRY}\n")
    page = project.page("actors/bo-lind/index.html")
    assert "the program finds nobody of this name any more" in page
    assert "bo-lind" not in project.page("actors/index.html")


def test_an_actor_who_is_another_by_now_leads_there(project: Project) -> None:
    story = f"{STORY}\nCarla Mensah said that nobody asked the union.\n"
    project.write("docs/articles/vote.md", story)
    lock()
    project.write(
        "corrections.yml",
        """corrections:
  - {action: merge, id: one, article: vote, words: Bo Lind, sentence: Treasurer Bo Lind said the fund was empty.,
     into: {words: Carla Mensah, sentence: Carla Mensah said that nobody asked the union.}}
""",
    )
    rebuilt(project, story)
    assert re.search(r'now on the page of <a href="../carla-mensah/">Carla Mensah</a>', project.page("actors/bo-lind/index.html"))


def test_an_article_keeps_its_address_when_another_has_its_name(project: Project) -> None:
    lock()
    project.write("docs/articles/elder/vote.md", "Carla Mensah said nobody asked the union about any of this.\n")
    page = rebuilt(project, STORY)
    assert "old ferry" in page and "Mensah" in project.page("articles/vote-2/index.html")


def test_it_is_told_what_is_not_locked_yet(project: Project, caplog: pytest.LogCaptureFixture) -> None:
    assert lock("--check").exit_code == 2
    assert not (project.root / "onrecord.lock").exists()
    lock()
    assert lock("--check").exit_code == 0
    project.write("docs/articles/vote.md", STORY + "\nCarla Mensah said nobody asked the union about any of this.\n")
    with caplog.at_level(logging.INFO):
        project.build()
    assert [line for line in messages(caplog, logging.INFO) if "not locked yet; onrecord lock adds them" in line]
    before = (project.root / "onrecord.lock").read_bytes()
    assert lock("--check").exit_code == 2 and (project.root / "onrecord.lock").read_bytes() == before  # a build writes nothing
    assert lock().output.startswith("onrecord.lock: ") and lock("--check").exit_code == 0


def test_a_lock_that_cannot_be_read_stops_the_build_in_one_line(project: Project, caplog: pytest.LogCaptureFixture) -> None:
    project.write("onrecord.lock", "<<<<<<< HEAD\n")
    with pytest.raises(Abort):
        project.build()
    assert any(line.startswith("onrecord.lock:1: a conflict between two branches") for line in messages(caplog))
    assert lock().exit_code == 2


def test_hostile_words_in_a_lock_stay_text(project: Project) -> None:
    words = ["</span><script>alert(1)</script> {{ 7 * 7 }} [x](javascript:y)"]
    lines = [{"kind": "lock", "version": 1}, {"kind": "link", "article": "vote", "id": "qaaaaaaaa", "words": words}]
    lines.append({"kind": "actor", "id": "bo", "name": "<script>alert(2)</script>", "articles": ["vote"]})
    project.write("onrecord.lock", "\n".join(map(json.dumps, lines)))
    page = rebuilt(project, STORY)
    assert "&lt;script&gt;alert(1)" in page and "<script>alert" not in page + project.page("actors/bo/index.html")


def test_words_that_are_withheld_are_not_told_by_their_links_either(project: Project) -> None:
    lock()
    gone, kept = locked(project, "We keep the old ferry running"), locked(project, "the fund was empty")
    project.write("docs/articles/vote.md", STORY.replace("We keep", "We do not keep").replace("empty.", "empty and spent."))
    salt = load_lock(project.root / "onrecord.lock").salt
    for text, here in (("none", seal(salt, "vote", kept)), ("excerpts", kept)):
        project.build(options={"text": text})
        page = project.page(PAGE)
        assert page.index(GONE) < page.index(f'id="{seal(salt, "vote", gone)}"') and "ferry running" not in page.partition(GONE)[2]
        assert page.index(f'id="{here}"') < page.index(GONE)  # its words stand, as the whole text tells
        assert gone not in page and (kept in page) == (text == "excerpts")


def test_a_withheld_quote_keeps_its_address_while_others_come_and_go(project: Project) -> None:
    lock()
    id = seal(load_lock(project.root / "onrecord.lock").salt, "vote", locked(project, "We keep the old ferry running"))
    for story in (STORY, f'"It rained all day," Carla Mensah told the Courier.\n\n{STORY}'):
        project.write("docs/articles/vote.md", story)
        project.build(options={"text": "none"})
        assert f'id="{id}"' in project.page(PAGE)


def test_a_lock_without_a_salt_gives_no_address_of_withheld_words(project: Project) -> None:
    lock()
    file = project.root / "onrecord.lock"
    file.write_text(file.read_text().replace(load_lock(file).salt, "").replace(',"salt":""', ""))
    gone = locked(project, "We keep the old ferry running")
    project.write("docs/articles/vote.md", STORY.replace("We keep", "We do not keep"))
    project.build(options={"text": "none"})
    assert GONE not in project.page(PAGE) and gone not in project.page(PAGE)
    lock()
    assert load_lock(file).salt


def test_a_link_to_a_mention_never_leads_to_other_words(project: Project) -> None:
    """It is made for one edition of the text: the same number of characters further on there may be somebody else."""
    project.build()
    before = set(re.findall(r'id="((?:at|role|u)-[^"]+)"', project.page(PAGE)))
    after = set(re.findall(r'id="((?:at|role|u)-[^"]+)"', rebuilt(project, f"It rained.\n\n{STORY}")))
    assert before and after and before.isdisjoint(after)


def without_salt(lock: str) -> list[str]:
    return Path(lock).read_text().splitlines()[1:]


def test_a_lock_of_another_name_is_made_where_there_is_none(project: Project) -> None:
    assert lock().exit_code == 0
    checked = lock("--lock", "new.lock", "--check")
    assert checked.exit_code == 2 and checked.stdout.startswith("new.lock: ") and checked.stdout.endswith("are not locked; 0 are\n")
    assert not Path("new.lock").exists()
    assert lock("--lock", "new.lock").exit_code == 0
    assert without_salt("new.lock") == without_salt("onrecord.lock")
    Path("away.lock").symlink_to("nowhere/x")
    assert lock("--lock", "away.lock").exit_code == 0
    assert '"file":"../docs/articles/vote.md"' in Path("nowhere/x").read_text()
