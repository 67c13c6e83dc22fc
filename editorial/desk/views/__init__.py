"""The plain desk: what waits, an edition to judge, a document with all its languages."""
