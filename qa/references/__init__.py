"""A document as an entry of a bibliography: in printed styles and in exchange formats."""
