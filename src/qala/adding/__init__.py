"""Adding to a ledger: from files to rows, in worker processes, resumable at any moment."""
