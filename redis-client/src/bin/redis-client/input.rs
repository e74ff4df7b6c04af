//! Lines of input, numbered, read by a thread of their own.
//!
//! Promise: what has left the input was handed over, also when a signal stops the reading: whoever comes after finds the input where
//! this program has left it. A read from a pipe or a terminal cannot be interrupted, so the thread begins none before there is
//! something to read, and waits for that and for the word to stop at once. A line that it has begun it then reads on to its end,
//! as far as that is there.

use std::fs::File;
use std::io::{self, Read};
use std::os::fd::AsFd;
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::thread;

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;
use tokio::sync::mpsc::{self, Receiver, Sender};

/// The longest line: an event of this size would not fit the publisher's queue.
pub(crate) const LINE_BYTES_MAX: usize = 64 << 20;
/// What one read asks for.
const CHUNK_BYTES: usize = 64 << 10;
/// How long the rest of a line is waited for that has begun when a signal comes, from its last byte on.
const A_MOMENT: Timespec = Timespec {
    tv_sec: 0,
    tv_nsec: 500_000_000,
};
/// How many reads may lie between the two threads.
const PIECES_MAX: usize = 2;

/// Opens the input; `-` is standard input. The second value is its size in bytes, where it has one.
pub(crate) fn open(path: &Path) -> io::Result<(File, Option<u64>)> {
    if path == Path::new("-") {
        // Past the standard library's buffer, in which bytes would be left.
        return Ok((File::from(io::stdin().as_fd().try_clone_to_owned()?), None));
    }
    let file = File::open(path)?;
    let found = file.metadata()?;
    if found.is_dir() {
        return Err(io::ErrorKind::IsADirectory.into());
    }
    let size = found.is_file().then_some(found.len());
    Ok((file, size))
}

/// What a read has brought.
#[derive(Debug)]
pub(crate) enum Piece {
    Bytes(Vec<u8>),
    /// The input has ended.
    End,
    /// It cannot be read any further.
    Failed(io::Error),
}

/// What the reads bring, in order. After [`Piece::End`] and [`Piece::Failed`] comes nothing more; without either, the reading was
/// stopped.
pub(crate) struct Pieces {
    receiver: Receiver<Piece>,
    /// Its end is the word to stop.
    go: Option<UnixStream>,
}

impl Pieces {
    /// Begins to read.
    pub(crate) fn of<R: Read + AsFd + Send + 'static>(input: R) -> io::Result<Self> {
        let (sender, receiver) = mpsc::channel(PIECES_MAX);
        let (go, stop) = UnixStream::pair()?;
        let mut reader = Reader {
            input,
            stop,
            sender,
            is_within_a_line: false,
        };
        let read = move || {
            // Nobody wants more where this is cut short.
            let _ = reader.read_all();
        };
        thread::Builder::new().name("input".to_owned()).spawn(read)?;
        Ok(Self {
            receiver,
            go: Some(go),
        })
    }

    pub(crate) async fn next(&mut self) -> Option<Piece> {
        self.receiver.recv().await
    }

    /// No read begins any more. What was read is still to come.
    pub(crate) fn stop(&mut self) {
        self.go = None;
    }
}

/// Nobody receives any more.
struct Left;

struct Reader<R> {
    input: R,
    stop: UnixStream,
    sender: Sender<Piece>,
    is_within_a_line: bool,
}

impl<R: Read + AsFd> Reader<R> {
    fn read_all(&mut self) -> Result<(), Left> {
        // Bound: the input, or the word to stop.
        while !self.is_stopped() {
            if self.read_piece()?.is_none() {
                return Ok(());
            }
        }
        self.read_line_end()
    }

    /// Reads the line that has begun to its end, as far as that is there; byte by byte, for what is behind it is not ours.
    fn read_line_end(&mut self) -> Result<(), Left> {
        let mut bytes = Vec::new();
        let mut byte = [0];
        let mut end = None;
        // Bound: the longest line.
        while self.is_within_a_line && end.is_none() && bytes.len() < LINE_BYTES_MAX && self.has_more() {
            match self.input.read(&mut byte) {
                Ok(0) => end = Some(Piece::End),
                Ok(_) => {
                    bytes.extend(byte);
                    self.is_within_a_line = byte != *b"\n";
                }
                Err(error) if is_passing(&error) => {}
                Err(error) => end = Some(Piece::Failed(error)),
            }
        }
        let line_end = (!bytes.is_empty()).then_some(Piece::Bytes(bytes));
        for piece in line_end.into_iter().chain(end) {
            self.sender.blocking_send(piece).map_err(|_| Left)?;
        }
        Ok(())
    }

    /// Hands over what one read brings; `None` after the last.
    fn read_piece(&mut self) -> Result<Option<()>, Left> {
        let mut bytes = vec![0; CHUNK_BYTES];
        let piece = match self.input.read(&mut bytes) {
            Ok(0) => Piece::End,
            Ok(read) => {
                bytes.truncate(read);
                self.is_within_a_line = !bytes.ends_with(b"\n");
                Piece::Bytes(bytes)
            }
            Err(error) if is_passing(&error) => return Ok(Some(())),
            Err(error) => Piece::Failed(error),
        };
        let goes_on = matches!(piece, Piece::Bytes(_)).then_some(());
        self.sender.blocking_send(piece).map_err(|_| Left)?;
        Ok(goes_on)
    }

    /// Waits until there is something to read, or the word to stop.
    fn is_stopped(&self) -> bool {
        // Bound: signals.
        loop {
            let mut both = [
                PollFd::new(&self.stop, PollFlags::IN),
                PollFd::new(&self.input, PollFlags::IN),
            ];
            match poll(&mut both, None) {
                Err(Errno::INTR) => {}
                Ok(_) => return both.first().is_some_and(|stop| !stop.revents().is_empty()),
                // Reading says what is the matter.
                Err(_) => return false,
            }
        }
    }

    /// Whether a read would not wait, now or in a moment: a writer that was held up by a full pipe goes on when we have read.
    fn has_more(&self) -> bool {
        let mut input = [PollFd::new(&self.input, PollFlags::IN)];
        // Bound: signals.
        loop {
            match poll(&mut input, Some(&A_MOMENT)) {
                Err(Errno::INTR) => {}
                found => return found.is_ok_and(|count| count > 0),
            }
        }
    }
}

/// A signal, or a descriptor that does not wait, shared with somebody who was quicker.
fn is_passing(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::Interrupted | io::ErrorKind::WouldBlock
    )
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
    use std::io::Write as _;
    use std::time::{Duration, Instant};

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

    /// What is read of `input`, and how it ends.
    fn pieces<R: Read + AsFd + Send + 'static>(input: R) -> (Vec<u8>, Option<Piece>) {
        let mut pieces = Pieces::of(input).unwrap();
        let mut all = Vec::new();
        while let Some(piece) = pieces.receiver.blocking_recv() {
            match piece {
                Piece::Bytes(bytes) => all.extend(bytes),
                end => {
                    assert!(pieces.receiver.blocking_recv().is_none());
                    return (all, Some(end));
                }
            }
        }
        (all, None)
    }

    #[test]
    fn pieces_end_with_the_input_or_with_its_error() {
        struct Broken(u8, File);
        impl Read for Broken {
            fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
                self.0 += 1;
                match self.0 {
                    1 => Err(io::ErrorKind::Interrupted.into()),
                    2 => Err(io::ErrorKind::WouldBlock.into()),
                    3 => Ok(buffer.iter_mut().take(1).map(|byte| *byte = b'x').count()),
                    _ => Err(io::Error::other("gone")),
                }
            }
        }
        impl AsFd for Broken {
            fn as_fd(&self) -> std::os::fd::BorrowedFd<'_> {
                self.1.as_fd()
            }
        }
        let (reader, mut writer) = io::pipe().unwrap();
        writer.write_all(b"a\nb").unwrap();
        drop(writer);
        let (whole, end) = pieces(reader);
        assert_eq!(whole, b"a\nb");
        assert!(matches!(end, Some(Piece::End)));
        let (part, end) = pieces(Broken(0, File::open("/dev/null").unwrap()));
        assert_eq!(part, b"x");
        assert!(matches!(end, Some(Piece::Failed(error)) if error.to_string() == "gone"));
    }

    /// What happened: up to three reads were lost with a signal, for the thread had taken what nobody asked for any more.
    #[test]
    fn what_was_read_is_handed_over_after_the_word_to_stop_and_no_more_is_read() {
        let (reader, mut writer) = io::pipe().unwrap();
        let mut rest = reader.try_clone().unwrap();
        let mut pieces = Pieces::of(reader).unwrap();
        // More than a pipe holds: it is full again behind what lies between the threads.
        let text = "0123456789abcdef\n".repeat(40_000);
        let writing = thread::spawn(move || {
            writer.write_all(text.as_bytes()).unwrap();
            text
        });
        let mut first = match pieces.receiver.blocking_recv() {
            Some(Piece::Bytes(bytes)) => bytes,
            other => panic!("{other:?}"),
        };
        pieces.stop();
        while let Some(piece) = pieces.receiver.blocking_recv() {
            match piece {
                Piece::Bytes(bytes) => first.extend(bytes),
                other => panic!("{other:?}"),
            }
        }
        assert!(first.ends_with(b"\n"), "a line that has begun is read to its end");
        drop(pieces);
        let mut left = Vec::new();
        rest.read_to_end(&mut left).unwrap();
        first.extend(left);
        assert_eq!(first, writing.join().unwrap().as_bytes());
    }

    /// What happened, in a test on a busy machine: the writer had not gone on yet when the rest of its line was asked for.
    #[test]
    fn the_rest_of_a_line_may_come_a_moment_later() {
        let (reader, mut writer) = io::pipe().unwrap();
        let mut pieces = Pieces::of(reader).unwrap();
        writer.write_all(b"abc").unwrap();
        let mut line = Vec::new();
        let stopped = Instant::now();
        while let Some(piece) = pieces.receiver.blocking_recv() {
            if line.is_empty() {
                pieces.stop();
                // A moment within the reader's patience, which no machine need keep exactly.
                thread::sleep(Duration::from_millis(20));
                // It fails where the reader has given up.
                let _ = writer.write_all(b"def\n");
            }
            match piece {
                Piece::Bytes(bytes) => line.extend(bytes),
                other => panic!("{other:?}"),
            }
        }
        let took_its_time = stopped.elapsed() > Duration::from_millis(400);
        assert!(line == b"abcdef\n" || took_its_time, "{line:?}");
    }
}
