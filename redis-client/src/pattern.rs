//! Text patterns as tables that the generator wrote.
