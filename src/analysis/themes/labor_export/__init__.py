"""Labor-export incomes: pay, uplift, people abroad."""
