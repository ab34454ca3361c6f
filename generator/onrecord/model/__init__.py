"""The nouns of onrecord, as plain frozen values that can be written to JSON and read back. All others take them from here.

Every offset in them is a half-open range of Unicode code points of ``Article.text``. Terms follow
the field: source, cue and content from attribution corpora (PARC 3.0, Pareti 2016; PolNeAR, Newell et al. 2018),
mention and coreference from MUC and OntoNotes, relation classes from the PLOVER event ontology, polarity and
modality after FactBank (Saurí & Pustejovsky 2009).

This room imports the standard library and names of choices alone: what extracts a report and what renders it meet here and nowhere else.
"""

# With stars, so that a noun is written down once: in the module that it is in.
from onrecord.model.article import *  # noqa: F403
from onrecord.model.report import *  # noqa: F403
