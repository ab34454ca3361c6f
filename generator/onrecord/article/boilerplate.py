"""Finding the blocks that are not the article's own words: advertisements, navigation, share and comment prompts.

Only short blocks are boilerplate, and only where a pattern fits the whole block: what merely begins like such a line is prose. A line that
is wrongly kept is analysed as part of the article, but one that is wrongly taken out hides words from every reader. So a pattern that would
take prose now and then is not in the list.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from onrecord.article.layout import Marking, with_furniture
from onrecord.model import Block, Boilerplate
from onrecord.text.quotation_marks import TIME

LONGEST = {"strict": 200, "soft": 400}
"""The most characters of a block of boilerplate. Prompts repeat what the article is about, so that they are longer than labels."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """A form that a block of boilerplate has as a whole."""

    name: str
    """What kind of line it is, for tests and messages."""
    kind: Boilerplate
    form: re.Pattern[str]
    """Matches the whole text of such a block, on one line."""


def _pattern(name: str, kind: Boilerplate, *forms: str) -> Pattern:
    return Pattern(name, kind, re.compile(rf"[\[({{*»>|\s-]*(?:{'|'.join(forms)})[\])}}*»>→|\s.!…]*", re.IGNORECASE))


# The words were collected from what English news sites print between and after paragraphs. "[^.?!]" keeps a form within one sentence.
_NETWORK = r"(?:facebook|twitter|x|instagram|threads|bluesky|mastodon|youtube|tiktok|linkedin|whatsapp|telegram|reddit|social media)\b"
_AD = r"(?:advertisements?|advertising|sponsored(?: content| message)?|ads?)"
_THIS = r"(?:(?:this |the )?(?:main )?(?:story|article|post|content|page))"
_WHERE = r"(?:here|below|above|at the link)"
_MATTER = (
    r"(?:the|our|this|his|her|their) (?:[\w'’-]+ ){0,3}?"
    r"(?:story|article|report|post|interview|video|newsletter|statement|transcript|text)"
)
_MAILING = r"(?:newsletters?|e-?mails?|inbox|alerts?|podcasts?|mailing list|channel|updates)"
_CREDIT = r"(?:additional )?(?:reporting|writing|editing|edited|written|compiled) by"
_NETWORKS = rf"{_NETWORK}(?:(?:,? (?:and|or|&)|,)(?: on)? {_NETWORK})*"
_NAME = r"(?-i:[A-ZÀ-Þ])[\w.'’-]*"
_NAMES = rf"{_NAME}(?:(?:,? and|,|;)? {_NAME}){{0,20}}"
_AGENCY = rf"(?>{_NAME}|(?:news|agenc(?:y|ies)|and|wires?|staff)\b)"
_WORK = r"(?:additional |with |further )*(?:reporting|writing|editing|research|photography|translation|production)"
_PRINT = r"(?:magazine|newspaper|paper|print edition|(?:sister )?title|digital edition)"
_VIEW = r"(?:thoughts|views?|opinions?|comments?|take)"
_CONTINUES = (
    rf"{_THIS} continues(?: below| after)?(?: {_AD})?",
    rf"continue reading(?: below| {_THIS})?",
    r"scroll (?:down )?(?:to (?:continue|keep reading)|for more)(?: [^.?!]{1,30})?",
)

_POLL = "web poll"
_MOST_OPTIONS = 8
"""How many lines above its last one belong to a poll."""
_LONGEST_OPTION = 5
"""The most words of an answer to choose in a poll."""
_OPTION = r"(?:yes|no|not sure|unsure|undecided|maybe|don['’]?t know|agree|disagree|other)\b"
_RESULT = (
    r"(?:results (?:are|may be) (?:only )?indicative(?: (?:and|only)\b[^.?!]{0,60})?|[\d.,]+\+? votes?(?: so far| cast)?"
    r"|(?:view|see|show) results|vote now|submit(?: (?:your )?vote)?|this poll (?:is|has) (?:now )?(?:closed|ended)"
    r"|thank(?:s| you) for voting)"
)
_LABEL = (
    r"(?:must[- ]read|don['’]?t miss|read|more|see|opinion|analysis|explained|explainer|in pictures|video|photos|gallery"
    r"|podcast)"
)
_STORY = r"(?:story|article|report|post|piece|interview|column|essay)"
_TELL = r"(?:e-?mail|contact|call|text|write to|get in touch|send|let us know|tell us)"

PATTERNS: tuple[Pattern, ...] = (
    _pattern("advertisement label", "strict", rf"{_AD}(?:\s*[-–—:|.·]?\s*(?:{'|'.join(_CONTINUES)}))?"),
    _pattern("story continues", "strict", *_CONTINUES),
    _pattern(
        "read more",
        "strict",
        r"(?:read|see|learn|find out) (?:more|also|next)(?: (?:here|below|on this(?: story| topic)?))?",
    ),
    _pattern(
        "read more, with a headline",
        "strict",
        r"(?:read|see|watch|listen) (?:more|also|next|now)\s*[:|»→>].*",
        r"(?:also read|more on this(?: story| topic)?)\s*[:|»→>].*",
        rf"(?=(?-i:[A-Z’' -]+[:|»→>])){_LABEL}\s*[:|»→>].*",
        r"don['’]t miss(?:\s*[:|].*)?",
    ),
    _pattern(
        "related, with a headline",
        "strict",
        r"(?:related|recommended)(?: (?:stor(?:y|ies)|articles?|content|coverage|links?|posts?|topics?|reading|news))?(?:\s*:.*)?",
        r"(?:most (?:read|popular|viewed)|trending(?: now)?|you (?:may|might) also like|up next|in case you missed it)(?:\s*:.*)?",
    ),
    _pattern("watch, with a headline", "strict", r"(?:watch|watch live|listen)\s*[:|].*"),
    _pattern(
        "elsewhere on the site",
        "strict",
        r"(?:also|more) (?:on|from) [^.,;!?]{2,30}:",
        r"more (?:from|on|in) (?:this|our|the) (?:section|story|topic|series|author)",
    ),
    _pattern(
        "pointer to a recording or text",
        "strict",
        rf"(?:watch|read|listen to|see|view) (?:the )?(?:full|rest of|complete|entire) [^.,;!?]{{2,80}} {_WHERE}:?",
        rf"(?:watch|read|listen to|download|view|find) {_MATTER} {_WHERE}:?",
        rf"read (?:the )?(?:full|whole) {_STORY}",
    ),
    _pattern(
        "newsletter",
        "strict",
        rf"(?:(?:for|want|get) [^.?!]{{2,60}}[,?]\s*)?(?:please )?(?:sign ?up|subscribe|register) [^.?!]*\b{_MAILING}\b[^.?!]*",
    ),
    _pattern(
        "newsletter pitch",
        "strict",
        r"(?:[^.?!]{2,60}\?\s*)?(?:get|receive|have) [^.?!]{2,100}\b(?:in|into|to|through) your (?:inbox|e-?mail|mailbox|letterbox|phone)\b"
        r"[^.?!,]*(?:[.!]\s*(?:subscribe|sign up|click|\d+ issues)\b.*)?",
        rf"(?:[^.?!]{{2,60}}\?\s*)?subscribe (?:now |today )?to (?:our|the) [^.?!]*\b{_PRINT}\b[^.?!]*",
    ),
    _pattern(
        "sign-up line",
        "strict",
        r"(?:sign ?up|subscribe|register|join)(?: (?:here|now|today|below|for free))+",
        r"[^.?!]{2,100}\bnewsletters?\b[^.?!]{0,60}[.!]\s*(?:sign ?up|subscribe|register|join)\b[^.?!]{0,60}",
        r"join (?:our|the) [^.?!,]{0,60}\b(?:whatsapp|telegram|facebook|channel|group|community|mailing list)\b[^.?!,]{0,60}",
    ),
    _pattern("newsletter form", "strict", r"(?:enter|submit) your (?:e-?mail(?: address)?|zip code)[^.?!,]{0,60}:?"),
    _pattern("newsletter name", "strict", r"(?:(?-i:[A-Z\d])[\w'’&-]* ){1,4}(?-i:N)ewsletters?"),
    _pattern(
        "message of a form",
        "strict",
        r"(?:thanks|thank you) for (?:signing up|subscribing|registering)(?: (?:to|for) [^.?!,]{2,40})?",
        r"there was (?:an error|a problem) (?:processing|submitting|with) your (?:subscription|request|registration|submission|e-?mail)"
        r"(?:[.,]? please try again(?: later)?)?",
        r"please (?:enter|provide|use) a valid e-?mail(?: address)?",
        r"(?:check your inbox|you(?:['’]ve| have)? successfully subscribed|you are now subscribed)\b[^.?!,]{0,60}",
    ),
    _pattern(
        "paywall prompt",
        "strict",
        r"(?:please )?(?:subscribe|sign in|log ?in|register|create (?:a free|an) account)[^.?!]{0,40} "
        r"to (?:continue|keep|read|unlock|view)\b[^.?!]{0,60}",
        rf"to (?:continue|keep) reading(?: {_THIS})?,? (?:please )?(?:subscribe|sign in|log ?in|register)\b[^.?!]{{0,60}}",
        r"already (?:a subscriber|a member|have an account|subscribed)\? ?(?:sign|log) ?in(?: here)?",
        rf"{_THIS} is (?:only )?(?:available |reserved )?(?:for|to) (?:our )?(?:paying )?(?:subscribers|members)(?: only)?"
        r"|(?:you have|you['’]ve) (?:reached your limit of|\w+) (?:free|complimentary) (?:articles?|stories)[^.?!]{0,60}",
    ),
    _pattern(
        "affiliate disclosure",
        "strict",
        r"(?:if|when) you (?:buy|purchase|click) [^.?!]{2,80},[^.?!]{2,60}(?:commission|share of the sale|share of sales)[^?!]*",
        r"[^.?!]{0,40}\bwe (?:may )?(?:use|earn|get|receive)\b[^.?!]{0,60}\baffiliate (?:links?|commissions?)\b[^?!]{0,60}",
    ),
    _pattern(
        "cookies", "strict", r"(?:we|this (?:web ?)?site) uses? cookies\b[^?!]*", r"(?:accept|reject|manage) (?:all )?(?:cookies|choices)"
    ),
    _pattern(
        "support prompt",
        "strict",
        r"(?:support|help (?:us|support)|donate to) (?:our|independent|local|quality|public)\b[^.?!]{0,30}"
        r"\b(?:journalism|reporting|newsroom|newspaper)\b[^.?!]{0,80}",
        r"donate (?:now|here|today)",
    ),
    _pattern(
        "newsroom's address",
        "strict",
        r"(?:(?:do you have|have you got|got|have) (?:a|any|another) (?:story|tip|news tip)\b[^.?!]{0,60}\?"
        r"|if you have a (?:story|tip)\b[^.?!]{0,60})"
        rf"\s*(?:[^.?!]{{0,20}}\b{_TELL}\b[^?!]{{0,120}})?",
        r"(?:e-?mail|contact) (?:(?:the|our) (?:newsdesk|newsroom|reporter|author|editors?)|us)?\s*(?:at|on|:)?\s*\S+@\S+",
    ),
    _pattern("house rules", "strict", r"our (?:standards|ethics|journalism|principles)\s*:[^?!]{2,80}"),
    _pattern(
        _POLL,
        "strict",
        rf"(?:vote|(?:quick |reader )?poll|quiz|have your say)\b\s*[:|–-]?\s*[^?]{{5,160}}\?(?:[\s/|•○□-]*{_OPTION})*(?:[\s.]*{_RESULT})?",
        rf"[^?]{{5,160}}\?(?:[\s/|•○□-]*{_OPTION}){{2,}}(?:[\s.]*{_RESULT})?",
        _RESULT,
        r"take (?:our|the|this) (?:quick |reader )?(?:poll|quiz|survey)(?: (?:here|below|now))?",
    ),
    _pattern(
        "origin of the article",
        "strict",
        rf"this {_STORY} (?:was |has been )?(?:originally|first) (?:published|appeared|posted)\b[^?!]{{2,160}}",
    ),
    _pattern("app", "strict", r"(?:for [^.?!]{2,60},\s*)?(?:download|get) (?:our|the) (?:[\w'’-]+ ){0,4}?app\b[^.?!,]{0,60}"),
    _pattern(
        "click here",
        "strict",
        r"(?:click|tap) (?:here|this link|(?:on )?the (?:link|image|photo|button|headline))\b[^.?!\"“”]{0,120}",
    ),
    _pattern(
        "follow on a network",
        "strict",
        rf"(?:please )?(?:follow|find|like) [^.?!,]{{2,80}} on {_NETWORKS}[^.?!,]{{0,60}}",
        "(?:follow|find) us",
    ),
    _pattern(
        "skip link",
        "strict",
        r"skip (?:to|past) (?:the )?(?:main )?(?:content|navigation|advertisements?|newsletter promotion|comments)",
        r"back to (?:top|home)",
        r"jump to (?:comments|content|navigation)",
        r"terms (?:of (?:use|service)|and conditions)|(?:privacy|cookie) (?:policy|notice)",
    ),
    _pattern(
        "player message",
        "strict",
        r"this (?:video|audio|content) (?:is not available|is restricted|cannot be played|is no longer available)\b[^.?!,]{0,60}",
        r"your browser does not support [^.?!,]{2,60}",
        r"(?:video|media|audio) caption",
    ),
    _pattern(
        "player button",
        "strict",
        r"play (?:video|audio)|loading|(?:show|load) more",
        rf"(?:watch|view|see)(?: (?:this|the))?(?: (?:post|video|tweet))? on {_NETWORK}",
    ),
    _pattern(
        "picture credit",
        "strict",
        r"(?:photo|image|picture|photograph|illustration|graphic)s?(?: (?:credit|courtesy))?s?\s*[:/][^.?!]{2,90}",
        r"(?:photo|image|picture|photograph|illustration|graphic)s? (?:courtesy of|by) [^.?!,]{2,60}",
        r"credits?\s*[:/][^.?!]{2,90}",
    ),
    _pattern(
        "agency's picture",
        "strict",
        rf"(?=[^.?!]*\b(?-i:Images|Pictures|Photos)$)(?:{_NAMES}\s*/\s*)?{_NAMES}",
        r"\((?:[A-Z]{2,4} )?photo/[^()]{2,60}\)",
        rf"\({_NAMES}\s*/\s*{_NAMES}(?: via {_NAMES})?\)",
    ),
    _pattern(
        "picture label",
        "strict",
        r"(?:file|stock|handout|library) (?:photo|photograph|image|picture)",
        r"(?:image|media|video) (?:source|caption|credit)\s*[,:].{2,150}",
    ),
    _pattern(
        "copyright",
        "strict",
        r"(?:©|\(c\)).*",
        r"copyright\b(?=.{0,60}\d{4})[^.?!]*(?:\.\s*all rights reserved)?",
        r".*\ball rights reserved|(?:copyright|©).{0,80}\ball rights reserved\b.*",
        r"this (?:material|content|article) may not be (?:published|reproduced|republished)\b.*",
    ),
    _pattern(
        "desk credit",
        "strict",
        rf"{_CREDIT} [^?!]{{2,120}};\s*{_CREDIT} .{{2,80}}",
        rf"{_WORK} by {_NAMES}(?:(?:[,;.]| and)* {_WORK} by {_NAMES})+",
        rf"\({_WORK} by {_NAMES}\.?\)",
        rf"{_WORK} by {_NAMES}(?: (?:in|at|from) {_NAMES})?",
    ),
    _pattern(
        "contributors",
        "strict",
        rf"(?:(?:the |our )?(?:[a-z]+ ){{0,2}}(?:writers?|reporters?|correspondents?|staff|editors?) )?(?:the )?{_NAMES}"
        rf"(?: (?:in|at|from) {_NAMES})?"
        r"(?:, [a-z][^,.?!]{2,60},)? (?:also )?contributed(?: reporting)? to this (?:report|story|article|post|piece)"
        r"(?: from [^.?!,]{2,40})?",
    ),
    _pattern(
        "source line",
        "strict",
        rf"sources?\s*:\s*(?>{_AGENCY}|[,/&+])(?>[\s,/&+]+{_AGENCY})*",
    ),
    _pattern("filing", "strict", r"(?:filed under|tagged(?: with| as)?|tags?|topics|posted in|categor(?:y|ies)|keywords)\s*:[^.?!]{1,150}"),
    _pattern(
        "time of publication",
        "strict",
        rf"(?:(?:first |last |originally )?(?:published|posted|updated|modified))\s*:?(?:\s*{TIME})++",
    ),
    _pattern(
        "reading aid",
        "strict",
        r"(?:\d+|one|two|three|four|five)[\s-]min(?:ute)?s? read",
        r"(?:listen to|print|save|bookmark|e-?mail|download) this (?:story|article|post|page)(?: \(\d+ min(?:ute)?s?\))?",
    ),
    _pattern(
        "address of the page",
        "strict",
        r"(?:source|url|source url|original(?: article)?|printed from|permalink|article link)\s*:\s*https?://\S+",
    ),
    _pattern(
        "comment count", "strict", r"(?:log|sign) ?in to (?:comment|reply|post)|(?:\d[\d,]* |no |view |show |all )*comments?(?: \(\d+\))?"
    ),
    _pattern("suggested citation", "strict", r"(?:suggested )?citation\s*:.*\bretrieved\b.*https?://\S+"),
    _pattern(
        "share prompt",
        "soft",
        r"(?:please )?(?:like and )?(?:share|tweet|retweet|forward) (?:this|it|our)"
        r"(?: (?:story|article|post|page|video|news|report|piece))?"
        rf"(?:\s*:| (?:on|via|using) {_NETWORK}.*| with (?:your|family|friends|everyone|others)\b.*"
        r"| (?:to (?:let|spread|help|show)|if you)\b.*)?",
    ),
    _pattern("share button", "soft", rf"share(?: (?:on|via) {_NETWORK})?"),
    _pattern(
        "like prompt",
        "soft",
        rf"(?:.*\?\s*)?(?:please )?like (?:the|our|this) (?:page|post|video)(?: on {_NETWORK})?\s*:?",
        rf"(?:.*\?\s*)?(?:please )?like us(?: on {_NETWORK})?\s*:?",
    ),
    _pattern(
        "comment prompt",
        "soft",
        r"(?:.*[?!]\s+)?(?:please )?(?:"
        rf"scroll down (?:to|and) (?:leave (?:a|your) )?comment|(?:leave|add|post|drop) (?:us )?(?:a|your) {_VIEW}|share your {_VIEW}"
        rf"|(?:let us know|tell us|sound off|weigh in)\b[^.?!]*\b(?:comments?|below|what you think|your {_VIEW})"
        r")\b[^.?!]*",
        r"(?:.*[?!]\s+)?(?:please )?(?:join the (?:conversation|discussion|debate)|have your say|comment)"
        rf"(?: (?:{_WHERE}|in the comments?(?: section)?|on {_NETWORK}))*",
    ),
    _pattern("call for letters", "soft", rf"(?:we(?: would|['’]d) (?:love|like)|we want) to hear (?:from you|your {_VIEW})\b[^?!]*"),
)

# "Read more: she said" is a label, but "Share this burden with your neighbours, the minister said" is a sentence of the article.
_REPORTS = re.compile(r"[,”\"’]\s*(?:[\w.'’-]+\s+){0,6}?(?:said|says|told|wrote|writes|added|warned|urged|tweeted)\b", re.IGNORECASE)


def mark_boilerplate(text: str, blocks: Iterable[Block]) -> tuple[Block, ...]:
    """The same blocks, with each leaf of prose marked that is boilerplate."""
    marked = tuple(blocks)
    leaves = [
        leaf for block in marked for leaf in block.leaves() if leaf.kind in ("heading", "paragraph", "cell") and leaf.end > leaf.start
    ]
    named = [None if leaf.furniture else find_boilerplate(leaf.span.of(text)) for leaf in leaves]
    found: dict[int, Marking] = {
        leaf.start: (pattern.kind, pattern.name) for leaf, pattern in zip(leaves, named, strict=True) if pattern is not None
    }
    polls = (at for at, pattern in enumerate(named) if pattern is not None and pattern.name == _POLL)
    return with_furniture(
        marked, found | {leaf.start: ("strict", _POLL) for at in polls for leaf in _poll_above(text, leaves[:at][-_MOST_OPTIONS:])}
    )


def _poll_above(text: str, leaves: Sequence[Block]) -> Sequence[Block]:
    """The question of a poll and its answers, two or more, if these are the last of some leaves; and the label before them."""
    words = [leaf.span.of(text).strip() for leaf in leaves]
    first = len(words)
    while first and len(words[first - 1].split()) <= _LONGEST_OPTION and words[first - 1][-1] not in '.?!…”"':
        first -= 1
    if len(words) - first < 2 or not first or not words[first - 1].endswith("?"):
        return ()
    return leaves[first - 1 :]


def find_boilerplate(words: str) -> Pattern | None:
    """The pattern that a block's text has the form of, if any.

    >>> find_boilerplate("Advertisement - story continues below").name
    'advertisement label'
    >>> find_boilerplate("Read more books, the minister said.")
    """
    words = " ".join(words.split())
    if _REPORTS.search(words):
        return None
    return next((pattern for pattern in PATTERNS if len(words) <= LONGEST[pattern.kind] and pattern.form.fullmatch(words)), None)
