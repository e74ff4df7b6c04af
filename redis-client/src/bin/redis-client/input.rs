//! Lines of input, numbered, read by a thread of their own.
//!
//! A read from a pipe or a terminal cannot be interrupted, and a signal must not wait for one: so the reading thread hands over what
//! each read brought, as it came, and is left behind when nobody wants more. What it has handed over counts as read.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use std::thread;

use tokio::sync::mpsc::{self, Receiver};

/// The longest line: an event of this size would not fit the publisher's queue.
pub(crate) const LINE_BYTES_MAX: usize = 64 << 20;
/// What one read asks for.
const CHUNK_BYTES: usize = 64 << 10;
/// How many reads may lie between the two threads.
const CHUNKS_MAX: usize = 2;

/// Opens the input; `-` is standard input. The second value is its size in bytes, where it has one.
pub(crate) fn open(path: &Path) -> io::Result<(Box<dyn Read + Send>, Option<u64>)> {
    if path == Path::new("-") {
        return Ok((Box::new(io::stdin()), None));
    }
    let file = File::open(path)?;
    let found = file.metadata()?;
    if found.is_dir() {
        return Err(io::ErrorKind::IsADirectory.into());
    }
    let size = found.is_file().then_some(found.len());
    Ok((Box::new(file), size))
}

/// What the reads bring, in order; it ends with the input, or with the error that ended it.
pub(crate) fn chunks(mut input: Box<dyn Read + Send>) -> io::Result<Receiver<io::Result<Vec<u8>>>> {
    let (sender, receiver) = mpsc::channel(CHUNKS_MAX);
    let read = move || {
        // Bound: the input, or the receiver's interest in it.
        loop {
            let mut chunk = vec![0; CHUNK_BYTES];
            let read = match input.read(&mut chunk) {
                Ok(0) => return,
                Ok(read) => {
                    chunk.truncate(read);
                    Ok(chunk)
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => Err(error),
            };
            let failed = read.is_err();
            if sender.blocking_send(read).is_err() || failed {
                return;
            }
        }
    };
    thread::Builder::new().name("input".to_owned()).spawn(read)?;
    Ok(receiver)
}

/// A line that is not blank.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Line {
    /// Counted from 1, blank lines included.
    pub(crate) number: u64,
    /// Without its end; `None` when it is longer than [`LINE_BYTES_MAX`].
    pub(crate) text: Option<Vec<u8>>,
}

/// Cuts chunks into lines.
#[derive(Debug)]
pub(crate) struct Lines {
    /// Bytes that are not yet part of a line that was taken.
    pending: Vec<u8>,
    /// Where in `pending` the next line starts, and how far its end has been looked for.
    start: usize,
    searched: usize,
    /// Lines taken.
    taken: u64,
    /// The current line is too long: its bytes are let go until it ends.
    overlong: bool,
    bytes_max: usize,
}

impl Lines {
    pub(crate) fn new(bytes_max: usize) -> Self {
        Self {
            pending: Vec::new(),
            start: 0,
            searched: 0,
            taken: 0,
            overlong: false,
            bytes_max,
        }
    }

    /// Adds what a read brought.
    pub(crate) fn add(&mut self, chunk: &[u8]) {
        self.pending.drain(..self.start);
        self.searched -= self.start;
        self.start = 0;
        self.pending.extend_from_slice(chunk);
    }

    /// The next line that is complete and not blank.
    pub(crate) fn next(&mut self) -> Option<Line> {
        // Bound: the lines in `pending`.
        loop {
            let rest = self.pending.get(self.searched..).unwrap_or_default();
            let Some(length) = rest.iter().position(|byte| *byte == b'\n') else {
                self.searched = self.pending.len();
                self.let_go_of_an_overlong_start();
                return None;
            };
            let end = self.searched + length;
            let line = self.take(end);
            self.start = end + 1;
            self.searched = self.start;
            if line.is_some() {
                return line;
            }
        }
    }

    /// The last line, when the input ends without a line break.
    pub(crate) fn last(&mut self) -> Option<Line> {
        if self.is_within_a_line() {
            let end = self.pending.len();
            let line = self.take(end);
            self.start = end;
            self.searched = end;
            return line;
        }
        None
    }

    /// Whether a line has begun that has not ended.
    pub(crate) fn is_within_a_line(&self) -> bool {
        self.overlong || self.start < self.pending.len()
    }

    /// The number of the line that has begun, or begins next.
    pub(crate) fn number(&self) -> u64 {
        self.taken + 1
    }

    /// The bytes up to `end` as a line; `None` when they are blank.
    fn take(&mut self, end: usize) -> Option<Line> {
        self.taken += 1;
        let text = self.pending.get(self.start..end).unwrap_or_default();
        let too_long = std::mem::take(&mut self.overlong) || text.len() > self.bytes_max;
        if !too_long && text.trim_ascii().is_empty() {
            return None;
        }
        Some(Line {
            number: self.taken,
            text: (!too_long).then(|| text.to_owned()),
        })
    }

    fn let_go_of_an_overlong_start(&mut self) {
        if self.pending.len() - self.start > self.bytes_max {
            self.overlong = true;
        }
        if self.overlong {
            self.pending = Vec::new();
            self.start = 0;
            self.searched = 0;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The lines of `input`, fed in chunks of `size`: `number:text`, `number!` for one that is too long.
    fn lines(input: &str, size: usize) -> Vec<String> {
        let mut lines = Lines::new(8);
        let mut all = Vec::new();
        let show = |line: Line| match line.text {
            Some(text) => format!("{}:{}", line.number, String::from_utf8(text).unwrap()),
            None => format!("{}!", line.number),
        };
        for chunk in input.as_bytes().chunks(size) {
            lines.add(chunk);
            while let Some(line) = lines.next() {
                all.push(show(line));
            }
        }
        all.extend(lines.last().map(show));
        all
    }

    #[test]
    fn lines_are_the_same_however_the_reads_cut_them() {
        let check = |input: &str, expected: &[&str]| {
            for size in 1..=input.len().max(1) {
                assert_eq!(lines(input, size), expected, "{input:?} in chunks of {size}");
            }
        };
        check("", &[]);
        check("a\nb\n", &["1:a", "2:b"]);
        check("a\nb", &["1:a", "2:b"]);
        check("\n\n a\n\t\r\nb\r\n", &["3: a", "5:b\r"]);
        check("12345678\n123456789\nc\n", &["1:12345678", "2!", "3:c"]);
        check("1234567890123456789012\n\nd", &["1!", "3:d"]);
        check("a\n123456789", &["1:a", "2!"]);
        check("a\n   ", &["1:a"]);
    }

    #[test]
    fn a_line_that_has_begun_is_known() {
        let mut all = Lines::new(8);
        assert!(!all.is_within_a_line());
        all.add(b"a\nb");
        assert_eq!(all.next().unwrap().number, 1);
        assert_eq!(all.next(), None);
        assert!(all.is_within_a_line());
        assert_eq!(all.number(), 2);
    }

    #[test]
    fn chunks_end_with_the_input_or_with_its_error() {
        struct Broken(u8);
        impl Read for Broken {
            fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
                self.0 += 1;
                match self.0 {
                    1 => Err(io::ErrorKind::Interrupted.into()),
                    2 => Ok(buffer.iter_mut().take(1).map(|byte| *byte = b'x').count()),
                    _ => Err(io::Error::other("gone")),
                }
            }
        }
        let mut whole = chunks(Box::new(io::Cursor::new(b"a\n"))).unwrap();
        assert_eq!(whole.blocking_recv().unwrap().unwrap(), b"a\n");
        assert!(whole.blocking_recv().is_none());
        let mut broken = chunks(Box::new(Broken(0))).unwrap();
        assert_eq!(broken.blocking_recv().unwrap().unwrap(), b"x");
        assert_eq!(broken.blocking_recv().unwrap().unwrap_err().to_string(), "gone");
        assert!(broken.blocking_recv().is_none());
    }
}
