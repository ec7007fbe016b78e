"""The site: settings, addresses, processes, and a PostgreSQL for machines that have none."""
