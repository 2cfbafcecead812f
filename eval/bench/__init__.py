"""What things cost, as ratios measured side by side in one run.

Absolute times depend on the machine; the ratios are what the documentation may quote.
"""
