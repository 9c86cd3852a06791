"""What is remembered: tables, queries, migrations. Imports neither actions nor bot."""
