"""What one actor does to another, where a sentence says so. The stage itself is ``find``."""
