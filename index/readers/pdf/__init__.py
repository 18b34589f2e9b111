"""PDF: characters with their boxes to lines, lines to paragraphs and tables."""
