"""A Chinese question word by word in English, to ask documents in English."""
