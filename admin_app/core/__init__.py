"""What every room stands on: configuration, database, transaction, clock, access, post, jobs."""
