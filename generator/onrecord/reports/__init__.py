"""Reports: built for one article, made for many, kept, measured, and written as JSON."""
