"""The static site: pages in two languages that need no network, no server and no script."""
