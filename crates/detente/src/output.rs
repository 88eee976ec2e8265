//! Records as JSON Lines, CSV and tables: the only place where bytes become characters.
