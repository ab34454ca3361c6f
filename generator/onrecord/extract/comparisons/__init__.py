"""What different voices claim about one event, side by side. The stage itself is ``find``."""
