"""What stands around the paragraphs of an article on its page: marked with its kind where the page says what it is, and never taken out."""

from __future__ import annotations

import pytest

from onrecord.article.web_furniture import FURNITURE, NAMES, Runs, without_marks
from onrecord.article.web_page import parse_web_page

FIRST = "The harbour bridge will close next spring, the council decided, after a survey found cracks in two of its piers."
SECOND = "Tomas Reed said on Tuesday that the ferries would run until midnight, and that the fares would stay as they are for a year."
LAST = "Harbour staff said that they had expected the decision, and that they would meet the council again in the summer."


def page(inside: str, head: str = "") -> str:
    return (
        f"<!doctype html><html lang=en><head><title>Bridge to close</title>{head}</head><body><article><h1>Bridge to close</h1>"
        f"<p>{FIRST}</p>{inside}<p>{SECOND}</p><p>{LAST}</p></article></body></html>"
    )


def furniture(html: str) -> dict[str, str]:
    """The words of each leaf that is left out, with its kind."""
    found = parse_web_page(html)
    return {leaf.span.of(found.text): leaf.furniture for block in found.blocks for leaf in block.leaves() if leaf.boilerplate}


def prose(html: str) -> str:
    """What is not left out."""
    found = parse_web_page(html)
    return "\n".join(leaf.span.of(found.text) for block in found.blocks for leaf in block.leaves() if not leaf.boilerplate)


WORDS = "Mayor Ilse Brandt, left, and Harbour Minister Olaf Kern speak to reporters at the bridge on Tuesday."


@pytest.mark.parametrize(
    "inside",
    [
        f"<figure><img src=a.jpg><figcaption>{WORDS}</figcaption></figure>",
        f'<div class=gallery><img src=a.jpg><p class="photo caption">{WORDS}</p></div>',
        f'<div id="imageCaption"><p>{WORDS}</p></div>',
    ],
)
def test_a_caption_stays_in_the_copy_and_is_no_prose(inside: str) -> None:
    assert furniture(page(inside)) == {WORDS: "caption", "Bridge to close": "headline"}
    assert prose(page(inside)) == "\n".join([FIRST, SECOND, LAST])


def test_a_paragraph_with_the_words_of_a_caption_is_prose() -> None:
    html = page(f"<figure><figcaption>{WORDS}</figcaption></figure><p>{WORDS}</p>")
    assert prose(html).count(WORDS) == 1


def test_captions_that_are_the_article_are_prose() -> None:
    """In a series of pictures, what their captions say is all that it says."""
    told = "".join(f"<figure><img src={n}.jpg><figcaption>{n}. {WORDS}</figcaption></figure>" for n in range(12))
    html = f"<html><body><article><h1>The day in pictures</h1><p>{FIRST}</p>{told}</article></body></html>"
    assert prose(html).count(WORDS) == 12


@pytest.mark.parametrize(
    "inside",
    [
        '<div class="promo related-stories"><p><a href=/x>Who owns the old harbour, and what became of the money for it</a></p></div>',
        "<p><a href=/x><strong>LENA ALBAN SAYS HARBOUR DANCE HAS HELPED HER</strong></a></p>",
        "<aside><p>Who owns the old harbour? <a href=/x>Read all about it here, in our report of last week.</a></p></aside>",
        '<div class="newsletter-signup"><p>The harbour in your letter box: news of boats and bridges, every Friday at seven.</p></div>',
        "<form class=poll><p>Should the bridge close for a year, as the council wants?</p><label><input type=radio>Yes</label></form>",
        '<div class="poll"><p>Should the bridge close, as the council wants?</p><input type=radio><p>No, it should not</p></div>',
        '<div class="author-bio"><p>Ann Ample has looked at bridges for the Gazette since 1998.</p></div>',
    ],
)
def test_what_leads_elsewhere_is_no_prose(inside: str) -> None:
    assert prose(page(inside)) == "\n".join([FIRST, SECOND, LAST])


@pytest.mark.parametrize(
    "inside",
    [
        f'<div class="poll-of-voters"><p>{WORDS}</p></div>',
        f'<div class="poll"><p>{WORDS}</p></div>',
        f'<p class="creditors">{WORDS}</p>',
        f'<p class="decked deckhands">{WORDS}</p>',
    ],
)
def test_a_name_alone_makes_no_furniture(inside: str) -> None:
    assert WORDS in prose(page(inside))


def test_a_page_that_is_called_a_newsletter_is_read() -> None:
    html = (
        page("").replace("<body>", '<body class="newsletter related"><div class="subscribe caption">').replace("</body>", "</div></body>")
    )
    assert prose(html) == "\n".join([FIRST, SECOND, LAST])


def test_a_paragraph_with_a_credit_in_it_is_prose() -> None:
    html = page(f'<p>{WORDS} <span class="credit">Photo: Bo Berg</span></p>')
    assert f"{WORDS} Photo: Bo Berg" in prose(html)


def test_headline_and_standfirst_are_no_paragraphs() -> None:
    html = page("").replace("</h1>", "</h1><h2 class=standfirst>Ferries will run until midnight, the council says</h2>")
    assert prose(html) == "\n".join([FIRST, SECOND, LAST])


def test_blanks_between_inline_elements_stay() -> None:
    html = page(
        "<p>It was told first by <em>The</em> <a href=http://e.org/x><em>Harbour Reporter</em></a>, <b>Ann</b> <i>Ample</i> wrote.</p>"
    )
    assert "It was told first by The Harbour Reporter, Ann Ample wrote." in prose(html)


def test_a_time_within_a_sentence_stays() -> None:
    html = page("<p>The bridge was opened on <time datetime=1911-05-02>2 May 1911</time> by the mayor, and painted nine times.</p>")
    assert "opened on 2 May 1911 by the mayor" in prose(html)


def test_a_table_that_lays_out_the_page_has_no_cells() -> None:
    html = f"<html><body><table><tr><td><p>{FIRST}</p><p>{SECOND}</p></td><td><p>{LAST}</p></td></tr></table></body></html>"
    assert {leaf.kind for block in parse_web_page(html).blocks for leaf in block.leaves()} == {"paragraph"}


def test_a_table_of_data_keeps_its_cells() -> None:
    html = page("<table><tr><th>Year</th><th>Ships</th></tr><tr><td><p>2020</p></td><td>12</td></tr></table>")
    assert "cell" in {leaf.kind for block in parse_web_page(html).blocks for leaf in block.leaves()}


def test_marks_that_a_page_brings_along_mean_nothing() -> None:
    marks = "".join(map(chr, range(0xE01D6, 0xE01F0)))
    html = page(f"<p>{marks[2]}{WORDS}{marks}</p>")
    assert WORDS in prose(html)
    assert without_marks(f"{marks[0]}a{marks[-1]}b{marks[-2]}") == "ab"


def test_each_kind_has_its_mark() -> None:
    assert set(NAMES) <= set(FURNITURE)
    assert Runs().furniture() == ""
