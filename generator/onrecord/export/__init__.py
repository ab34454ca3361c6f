"""The report as files for other programs: tables, a graph, annotations, TEI."""
