"""Whether an answer's time or shape tells a right secret from a wrong one: `make timing`."""
