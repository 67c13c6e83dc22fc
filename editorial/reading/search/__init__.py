"""What readers find by words: an index of live editions, and the page that asks it."""
