"""From words to attributions: no database, no network, no clock."""
