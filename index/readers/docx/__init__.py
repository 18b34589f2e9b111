"""DOCX: styles, numbers, tables and notes."""
