"""The dashboard in a browser, by Voilà: a page, its static files and the messages of widgets, and nothing else."""
