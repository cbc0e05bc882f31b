"""Word reports, slide decks and workbooks."""
