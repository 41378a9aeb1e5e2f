"""The files in which the bank takes our fund transfers: CSV, XLSX, ISO 20022 pain.001 and pain.008."""
