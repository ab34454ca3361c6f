"""The accurate reader, run on small models that are made on the fly."""
