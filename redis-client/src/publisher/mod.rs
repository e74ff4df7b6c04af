//! The publisher: order, receipts, and the buffer behind them.
