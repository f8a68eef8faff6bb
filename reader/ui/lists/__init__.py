"""Item models: rows in order, filtered, changed one by one."""
