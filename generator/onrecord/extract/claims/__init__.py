"""What is presented as true, and who stands behind it. The stage itself is ``find``."""
