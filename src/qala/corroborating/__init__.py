"""The views over many articles: copies, utterances and claims from records, kept up to date as a ledger grows."""
