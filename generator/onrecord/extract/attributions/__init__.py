"""What the syntax and the quotation marks ascribe to a source. The stage itself is ``find``."""
