//! Real processes killed with SIGKILL, then recovery: nothing that was said to be kept is gone.

mod buffer;
