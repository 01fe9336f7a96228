"""Text as spans: words, sentences, quotations, debris; nothing is ever cut or replaced."""
