"""The ledger of figures as a user sees it: lists, reasons, open labels, and the matrix."""
