//! JSON in and out, with the JSON pointer of what is wrong.
