"""The office's side: the console and the command line."""
