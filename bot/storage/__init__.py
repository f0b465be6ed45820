"""SQLite: the only place with SQL. A module a table family; functions take the open connection first."""
