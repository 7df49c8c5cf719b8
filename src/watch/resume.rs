//! Ways to get the rest.
