//! A cache of model features in Redis.
