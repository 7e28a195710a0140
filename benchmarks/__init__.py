"""How fast the house is, as ratios to a bare view in the same run: ``make bench``."""
