"""Charts as files that a writer can use: pictures, tables, texts, office documents."""
