//! The code generator and the commands of this repository, as a library.
