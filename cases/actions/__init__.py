"""The verbs. Each takes the session first, changes what it changes in the caller's transaction,
writes its own entry in the trail, and leaves the commit to the caller."""
