"""A small transformer that reads articles beside the rules: which words are cues, and of each cue the content and the source."""
