"""The program's speed, as ratios to floors measured in the same run. Nothing here is asserted."""
