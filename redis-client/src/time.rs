//! Instants and dates with the offset and the precision they came in.
