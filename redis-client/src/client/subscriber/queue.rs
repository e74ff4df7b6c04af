//! The messages between the task and the reader (layer 2): bounded, and whatever is dropped is told in its place.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};

use crate::client::connection::Message;

/// How many bytes of payload wait for a slow reader, 64 MiB. One message is kept whatever its size.
const QUEUE_BYTES_MAX: usize = 64 * 1024 * 1024;

/// The task's end of the queue: when it goes, the reader learns that nothing will come any more.
pub(super) struct Feed(pub(super) Arc<Queue>);

impl Drop for Feed {
    fn drop(&mut self) {
        self.0.close();
    }
}

pub(super) enum Entry {
    Message(Message),
    Reconnected,
    Lagged(u64),
}

/// Messages between the task and the reader, bounded in number and bytes: when it is full, the oldest go and are counted.
pub(super) struct Queue {
    inner: Mutex<QueueInner>,
    capacity: usize,
    bytes_max: usize,
}

#[derive(Default)]
pub(super) struct QueueInner {
    pub(super) entries: VecDeque<Entry>,
    bytes: usize,
    /// Messages dropped in front of the first entry.
    pub(super) dropped: u64,
    /// Whether a reconnection was among them.
    reconnected: bool,
    reader: Option<Waker>,
    closed: bool,
}

impl Queue {
    pub(super) fn new(capacity: usize) -> Self {
        Self {
            inner: Mutex::new(QueueInner::default()),
            capacity,
            bytes_max: QUEUE_BYTES_MAX,
        }
    }

    pub(super) fn push(&self, entry: Entry) {
        let mut inner = self.lock();
        if let Entry::Message(message) = &entry {
            inner.bytes += message.payload.len();
        }
        inner.entries.push_back(entry);
        // Bound: what lies in the queue. The newest entry stays whatever its size.
        while inner.entries.len() > self.capacity || (inner.bytes > self.bytes_max && inner.entries.len() > 1)
        {
            match inner.entries.pop_front() {
                Some(Entry::Message(message)) => {
                    inner.bytes -= message.payload.len();
                    inner.dropped += 1;
                }
                Some(Entry::Reconnected) => inner.reconnected = true,
                Some(Entry::Lagged(_)) | None => {}
            }
        }
        let reader = inner.reader.take();
        drop(inner);
        if let Some(reader) = reader {
            reader.wake();
        }
    }

    pub(super) fn poll_pop(&self, context: &mut Context<'_>) -> Poll<Option<Entry>> {
        let mut inner = self.lock();
        if inner.dropped > 0 {
            return Poll::Ready(Some(Entry::Lagged(std::mem::take(&mut inner.dropped))));
        }
        if std::mem::take(&mut inner.reconnected) {
            return Poll::Ready(Some(Entry::Reconnected));
        }
        match inner.entries.pop_front() {
            Some(entry) => {
                if let Entry::Message(message) = &entry {
                    inner.bytes -= message.payload.len();
                }
                Poll::Ready(Some(entry))
            }
            None if inner.closed => Poll::Ready(None),
            None => {
                inner.reader = Some(context.waker().clone());
                Poll::Pending
            }
        }
    }

    fn close(&self) {
        let mut inner = self.lock();
        inner.closed = true;
        let reader = inner.reader.take();
        drop(inner);
        if let Some(reader) = reader {
            reader.wake();
        }
    }

    pub(super) fn lock(&self) -> MutexGuard<'_, QueueInner> {
        // Nothing in here can panic half-way through a change.
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(payload: &str) -> Entry {
        Entry::Message(Message {
            channel: "c".to_owned(),
            payload: payload.as_bytes().to_vec(),
        })
    }

    /// All that is in the queue, as text.
    fn drained(queue: &Queue) -> String {
        let mut context = Context::from_waker(Waker::noop());
        let mut all = Vec::new();
        while let Poll::Ready(Some(entry)) = queue.poll_pop(&mut context) {
            all.push(match entry {
                Entry::Message(message) => String::from_utf8(message.payload).unwrap(),
                Entry::Reconnected => "reconnected".to_owned(),
                Entry::Lagged(dropped) => format!("lagged {dropped}"),
            });
        }
        all.join(", ")
    }

    fn queue(capacity: usize, bytes_max: usize) -> Queue {
        Queue {
            bytes_max,
            ..Queue::new(capacity)
        }
    }

    #[test]
    fn a_full_queue_drops_the_oldest_and_says_how_many() {
        let check = |capacity: usize, pushes: &[&str], expected: &str| {
            let queue = queue(capacity, usize::MAX);
            for push in pushes {
                queue.push(if *push == "!" {
                    Entry::Reconnected
                } else {
                    message(push)
                });
            }
            assert_eq!(drained(&queue), expected, "{capacity} {pushes:?}");
            assert_eq!(drained(&queue), "");
            assert_eq!(queue.lock().bytes, 0);
        };
        check(3, &["a", "b", "c"], "a, b, c");
        check(3, &["a", "b", "c", "d", "e"], "lagged 2, c, d, e");
        check(1, &["a", "b"], "lagged 1, b");
        check(2, &["a", "!", "b"], "lagged 1, reconnected, b");
        check(2, &["a", "!", "b", "c"], "lagged 1, reconnected, b, c");
        check(2, &["!", "b", "c", "!"], "lagged 1, reconnected, c, reconnected");
    }

    #[test]
    fn the_queue_is_bounded_in_bytes_too() {
        let queue = queue(100, 4);
        queue.push(message("aa"));
        queue.push(message("bb"));
        queue.push(message("cc"));
        assert_eq!(drained(&queue), "lagged 1, bb, cc");
        queue.push(message("more than the limit"));
        assert_eq!(drained(&queue), "more than the limit");
    }

    #[test]
    fn the_end_comes_after_what_was_received() {
        let queue = Arc::new(queue(10, 100));
        let feed = Feed(Arc::clone(&queue));
        queue.push(message("last"));
        drop(feed);
        assert_eq!(drained(&queue), "last");
        let mut context = Context::from_waker(Waker::noop());
        assert!(matches!(queue.poll_pop(&mut context), Poll::Ready(None)));
    }
}
