"""The words of the trade: contracts, meters, periods, reports, decisions. Frozen values, no input or output."""
