//! Records arranged for a reader: one screen that a diplomat would read.
