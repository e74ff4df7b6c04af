//! Harness of the tests: servers, faults, models.
