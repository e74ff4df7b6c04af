//! A log on disk that keeps events while Redis is away.
