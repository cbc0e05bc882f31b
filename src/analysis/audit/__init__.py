"""Machine checks of a claims table: each returns pass, warn, conflict or ambiguous, with a reason and the rows it used."""
