"""Other engines on the same policies and records, each at its best; batch.py runs one of them."""
