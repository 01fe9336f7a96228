"""The store: documents, statements, judgements and the log of all of them; the only room that speaks SQL."""
