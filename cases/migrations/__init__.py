"""Changes of the tables, in order; run through `Database.migrate`."""
