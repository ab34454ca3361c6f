"""What texts are made of, without grammar: quotation marks, sentences, typography, names, addresses, anchors; and the reader of YAML."""
