"""Teaching resources handed over, and who fetched them."""
