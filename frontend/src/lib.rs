//! Hydrates the islands; nothing else.
