//! Starting other programs and talking to the person who called: the only place of this crate, beside the code
//! generator's reports, that prints.

/// Says something to the person at the terminal, on standard error: standard output is for results.
#[expect(
    clippy::print_stderr,
    reason = "this is the function that everything to be said goes through"
)]
pub(crate) fn note(line: &str) {
    eprintln!("{line}");
}

/// Prints a result on standard output.
#[expect(clippy::print_stdout, reason = "this is the function that results go through")]
pub(crate) fn print(line: &str) {
    println!("{line}");
}
