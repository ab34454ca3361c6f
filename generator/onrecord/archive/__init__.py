"""Archives: articles as files or as records of JSONL and Parquet, extracted on one machine or many, and the reports kept as Parquet."""
