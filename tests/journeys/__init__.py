"""One file per story, told over HTTP, the command line or a browser only."""
