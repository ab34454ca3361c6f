"""What texts are made of, with no grammar: quotation marks, sentences, typography, names, addresses, anchors; and the one reader of YAML."""
