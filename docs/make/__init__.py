"""Makes what learners read from the puzzles: the notebooks and the site's pages. Run it with ``python docs/make``."""
