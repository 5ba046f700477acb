"""One module for each family of files, loaded in the locked process only."""
