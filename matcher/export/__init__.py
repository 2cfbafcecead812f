"""Rankings as files: tables to open in Excel, and data for programs."""
