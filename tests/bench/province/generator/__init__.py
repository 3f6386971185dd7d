"""Makes the neutral workload: profiles, columns, records, conditions, policies. See ../generate.py."""
