"""What Python programs and notebooks use: reading and building in one call each, and views of a report that lead from a quote to its
speaker. What is public is re-exported by :mod:`onrecord`, and nothing else is."""
