//! Events, the channels they travel on, and their encoded form.
