//! Decimal numbers that keep the text they came in.
