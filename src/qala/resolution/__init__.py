"""Names, entities, speakers and dates: one candidate, or none with the candidates listed."""
