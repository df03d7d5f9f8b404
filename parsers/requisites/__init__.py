"""Who reports, about which contract and month, dated when, signed by whom."""
