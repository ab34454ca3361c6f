"""Reports: made of one article, of many, and of archives (files, JSONL, Parquet) on this machine or on many; kept, read back and checked;
written as JSON; and how often they are right."""
