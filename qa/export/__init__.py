"""Answers as documents to edit, print and pass on."""
