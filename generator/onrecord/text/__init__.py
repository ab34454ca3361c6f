"""What texts are made of, without grammar: quotation marks, sentences, typography, names, addresses, anchors; ids that are made of words,
and words that are withheld; and the reader of YAML."""
