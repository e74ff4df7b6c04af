//! Settings of a publisher, and putting its parts together.

use std::hash::{BuildHasher, RandomState};
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use super::backoff::Backoff;
use super::error::BuildError;
use super::queue::Queue;
use super::replay::{ReplayPace, ReplayWhen};
use super::store::Store;
use super::thread::{self, Clock};
use super::transport::RedisTransport;
use super::worker::{Limits, Settings, Worker};
use super::{EventPublisher, Inner};
use crate::buffer::Config;
use crate::buffer::storage::Storage;
use crate::client::RedisClient;
use crate::generated::RedisKeys;

/// How often the server is asked whether it still is a primary.
const ROLE_INTERVAL: Duration = Duration::from_secs(1);
/// What one pipeline, or one append to the buffer, may hold. Larger ones gain nothing and answer later.
const BATCH: Limits = Limits {
    events: 1024,
    bytes: 1 << 20,
};

/// Settings of a publisher; from [`EventPublisher::builder`].
///
/// ```
/// use redis_client::{EventPublisher, RedisClient};
///
/// # let dir = tempfile::tempdir()?;
/// let client = RedisClient::builder().host("127.0.0.1").port(1).build()?;
/// let publisher = EventPublisher::builder(&client).buffer(dir.path()).queue_events(100).build()?;
/// assert_eq!(publisher.stats().buffer_events, 0);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
#[must_use = "a builder does nothing until it is told to `build`"]
pub struct EventPublisherBuilder {
    client: RedisClient,
    buffer: Option<PathBuf>,
    buffer_config: Option<Config>,
    write_ahead: bool,
    replay_when: ReplayWhen,
    replay_pace: ReplayPace,
    fence: bool,
    queue: Limits,
    backoff: Backoff,
}

impl EventPublisherBuilder {
    pub(super) fn new(client: &RedisClient) -> Self {
        Self {
            client: client.clone(),
            buffer: None,
            buffer_config: None,
            write_ahead: false,
            replay_when: ReplayWhen::default(),
            replay_pace: ReplayPace::default(),
            fence: false,
            queue: Limits {
                events: 65_536,
                bytes: 64 << 20,
            },
            backoff: Backoff::default(),
        }
    }

    /// Keeps events in this directory while Redis is away. Default: no buffer.
    ///
    /// The directory is made when it is absent; one process at a time owns it. What an earlier process left there is sent
    /// before anything new. It belongs to one namespace: a client with another is refused.
    ///
    /// ```
    /// # use redis_client::{EventPublisher, RedisClient, RedisEvent};
    /// # use serde::{Deserialize, Serialize};
    /// # #[derive(Serialize, Deserialize, RedisEvent)]
    /// # #[redis(channel = "heartbeat")]
    /// # struct Heartbeat {
    /// #     desk: u32,
    /// # }
    /// # let dir = tempfile::tempdir()?;
    /// # let client = RedisClient::builder().host("127.0.0.1").port(1).build()?;
    /// let publisher = EventPublisher::builder(&client).buffer(dir.path()).build()?;
    /// assert!(publisher.publish(&Heartbeat { desk: 7 })?.wait()?.is_buffered());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn buffer(mut self, directory: impl Into<PathBuf>) -> Self {
        self.buffer = Some(directory.into());
        self
    }

    /// Limits of the buffer, and when it is synced. Default: [`Config::new`]. Without [`buffer`](Self::buffer) it is an error to
    /// set them.
    ///
    /// ```
    /// # use redis_client::{EventPublisher, RedisClient, RedisEvent};
    /// # use serde::{Deserialize, Serialize};
    /// # #[derive(Serialize, Deserialize, RedisEvent)]
    /// # #[redis(channel = "heartbeat")]
    /// # struct Heartbeat {
    /// #     desk: u32,
    /// # }
    /// # let dir = tempfile::tempdir()?;
    /// # let client = RedisClient::builder().host("127.0.0.1").port(1).build()?;
    /// use redis_client::buffer::{Config, Sync};
    ///
    /// let publisher = EventPublisher::builder(&client)
    ///     .buffer(dir.path())
    ///     .buffer_config(Config::new().sync(Sync::Os).bytes_max(64 << 20))
    ///     .build()?;
    /// assert!(publisher.publish(&Heartbeat { desk: 7 })?.wait()?.is_buffered());
    ///
    /// let error = EventPublisher::builder(&client).buffer_config(Config::new()).build().unwrap_err();
    /// assert_eq!(error.to_string(), "`buffer_config` needs `buffer`: without a directory nothing is kept");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn buffer_config(mut self, config: Config) -> Self {
        self.buffer_config = Some(config);
        self
    }

    /// Writes each event into the buffer, synced as [`buffer_config`](Self::buffer_config) says, before it is sent. Default: an
    /// event is written only when its delivery fails. Without [`buffer`](Self::buffer) it is an error to ask for it.
    ///
    /// An event is then kept from that moment on, also when this process dies before the receipt was seen. What a receipt
    /// means stays the same: `Delivered` once Redis has the event, and not before its record is acknowledged, so that a
    /// crash of this process does not repeat it; `Buffered` when Redis is away. Whatever has gathered shares one sync. An
    /// event that cannot be written is not sent: [`ReceiptError::BufferFailed`](super::ReceiptError::BufferFailed).
    ///
    /// ```
    /// # use redis_client::{EventPublisher, RedisClient, RedisEvent};
    /// # use serde::{Deserialize, Serialize};
    /// # #[derive(Serialize, Deserialize, RedisEvent)]
    /// # #[redis(channel = "heartbeat")]
    /// # struct Heartbeat {
    /// #     desk: u32,
    /// # }
    /// # let dir = tempfile::tempdir()?;
    /// # let client = RedisClient::builder().host("127.0.0.1").port(1).build()?;
    /// let publisher = EventPublisher::builder(&client).buffer(dir.path()).write_ahead().build()?;
    /// assert!(publisher.publish(&Heartbeat { desk: 7 })?.wait()?.is_buffered());
    ///
    /// let error = EventPublisher::builder(&client).write_ahead().build().unwrap_err();
    /// assert_eq!(error.to_string(), "`write_ahead` needs `buffer`: without a directory nothing is kept");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Durability
    ///
    /// Under `Sync::Always` an event that was taken from the queue survives a power cut, whatever its receipt says. One
    /// that is still in the queue does not survive the process: only the receipt tells.
    pub fn write_ahead(mut self) -> Self {
        self.write_ahead = true;
        self
    }

    /// Keeps events from reaching Redis twice, by a fence there: the key [`RedisKeys::fence`](crate::RedisKeys::fence) of the
    /// buffer's producer id. Without [`buffer`](Self::buffer) it is an error. Default: no fence.
    ///
    /// An event whose reply was lost is sent again, and a script drops it if it was published. The directory stays fenced from
    /// then on: to open it without a fence is an error. A copy of the directory has the same id: of the two publishers, the one that
    /// comes later goes on, and the other ends in [`State::Fenced`](super::State::Fenced), with what it accepted in its
    /// buffer. `docs/fence.md` says what a fence cannot do.
    ///
    /// The server must allow `EVAL` and `EVALSHA`, and `HMGET`, `HSET` and `HDEL` on that key.
    ///
    /// ```
    /// # use redis_client::{EventPublisher, RedisClient};
    /// # let dir = tempfile::tempdir()?;
    /// # let client = RedisClient::builder().host("127.0.0.1").port(1).build()?;
    /// use redis_client::publisher::BuildError;
    ///
    /// let fenced = EventPublisher::builder(&client).buffer(dir.path()).fence().build()?;
    /// fenced.close(std::time::Duration::from_secs(5)).wait();
    /// let unfenced = EventPublisher::builder(&client).buffer(dir.path()).build();
    /// assert!(matches!(unfenced, Err(BuildError::Fenced { .. })));
    ///
    /// let homeless = EventPublisher::builder(&client).fence().build();
    /// assert!(matches!(homeless, Err(BuildError::NoDirectory { option: "fence" })));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn fence(mut self) -> Self {
        self.fence = true;
        self
    }

    /// When the buffer is replayed after an outage. Default: as soon as Redis takes events again. Without
    /// [`buffer`](Self::buffer) it is an error to ask for anything else.
    ///
    /// ```
    /// use redis_client::publisher::ReplayWhen;
    /// # use redis_client::{EventPublisher, RedisClient};
    /// use std::time::Duration;
    ///
    /// # let dir = tempfile::tempdir()?;
    /// # let client = RedisClient::builder().host("127.0.0.1").port(1).build()?;
    /// let when = ReplayWhen::Receivers { at_least: 1, or_after: Duration::from_secs(30) };
    /// let publisher = EventPublisher::builder(&client).buffer(dir.path()).replay_when(when).build()?;
    /// assert!(EventPublisher::builder(&client).replay_when(when).build().is_err());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn replay_when(mut self, when: ReplayWhen) -> Self {
        self.replay_when = when;
        self
    }

    /// How fast the buffer is replayed. Default: 4 MiB a second, so that Redis cuts off no slow subscriber. Without
    /// [`buffer`](Self::buffer) it is an error to ask for anything else.
    ///
    /// ```
    /// use redis_client::publisher::ReplayPace;
    /// # use redis_client::{EventPublisher, RedisClient};
    ///
    /// # let dir = tempfile::tempdir()?;
    /// # let client = RedisClient::builder().host("127.0.0.1").port(1).build()?;
    /// let pace = ReplayPace::unpaced();
    /// let publisher = EventPublisher::builder(&client).buffer(dir.path()).replay_pace(pace).build()?;
    /// assert!(EventPublisher::builder(&client).replay_pace(pace).build().is_err());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn replay_pace(mut self, pace: ReplayPace) -> Self {
        self.replay_pace = pace;
        self
    }

    /// How many events may be accepted and not yet answered. Default: 65,536.
    ///
    /// ```
    /// # use redis_client::{EventPublisher, RedisClient, RedisEvent};
    /// # use serde::{Deserialize, Serialize};
    /// # #[derive(Serialize, Deserialize, RedisEvent)]
    /// # #[redis(channel = "heartbeat")]
    /// # struct Heartbeat {
    /// #     desk: u32,
    /// # }
    /// # let dir = tempfile::tempdir()?;
    /// # let client = RedisClient::builder().host("127.0.0.1").port(1).build()?;
    /// assert!(EventPublisher::builder(&client).queue_events(1000).build().is_ok());
    /// assert!(EventPublisher::builder(&client).queue_events(0).build().is_err());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn queue_events(mut self, events_max: usize) -> Self {
        self.queue.events = events_max;
        self
    }

    /// How many bytes of channels and payloads may be accepted and not yet answered. Default: 64 MiB.
    ///
    /// ```
    /// # use redis_client::{EventPublisher, RedisClient, RedisEvent};
    /// # use serde::{Deserialize, Serialize};
    /// # #[derive(Serialize, Deserialize, RedisEvent)]
    /// # #[redis(channel = "heartbeat")]
    /// # struct Heartbeat {
    /// #     desk: u32,
    /// # }
    /// # let dir = tempfile::tempdir()?;
    /// # let client = RedisClient::builder().host("127.0.0.1").port(1).build()?;
    /// use redis_client::publisher::PublishError;
    ///
    /// let publisher = EventPublisher::builder(&client).queue_bytes(10).build()?;
    /// let error = publisher.publish(&Heartbeat { desk: 7 }).unwrap_err();
    /// assert_eq!(error, PublishError::TooLarge { bytes: 19, bytes_max: 10 });
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn queue_bytes(mut self, bytes_max: usize) -> Self {
        self.queue.bytes = bytes_max;
        self
    }

    /// When to try again to reach Redis. Default: [`Backoff::default`].
    ///
    /// ```
    /// # use redis_client::{EventPublisher, RedisClient, RedisEvent};
    /// # use serde::{Deserialize, Serialize};
    /// # #[derive(Serialize, Deserialize, RedisEvent)]
    /// # #[redis(channel = "heartbeat")]
    /// # struct Heartbeat {
    /// #     desk: u32,
    /// # }
    /// # let dir = tempfile::tempdir()?;
    /// # let client = RedisClient::builder().host("127.0.0.1").port(1).build()?;
    /// use std::time::Duration;
    /// use redis_client::publisher::Backoff;
    ///
    /// let quick = Backoff::new(Duration::from_millis(5), Duration::from_millis(100));
    /// assert!(EventPublisher::builder(&client).backoff(quick).build().is_ok());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn backoff(mut self, backoff: Backoff) -> Self {
        self.backoff = backoff;
        self
    }

    /// Opens the buffer, if there is one, and starts the I/O thread, which begins to connect.
    ///
    /// ```
    /// # use redis_client::{EventPublisher, RedisClient, RedisEvent};
    /// # use serde::{Deserialize, Serialize};
    /// # #[derive(Serialize, Deserialize, RedisEvent)]
    /// # #[redis(channel = "heartbeat")]
    /// # struct Heartbeat {
    /// #     desk: u32,
    /// # }
    /// # let dir = tempfile::tempdir()?;
    /// # let client = RedisClient::builder().host("127.0.0.1").port(1).build()?;
    /// use redis_client::publisher::BuildError;
    ///
    /// let _owner = EventPublisher::builder(&client).buffer(dir.path()).build()?;
    /// let second = EventPublisher::builder(&client).buffer(dir.path()).build();
    /// assert!(matches!(second, Err(BuildError::Buffer(_))), "one owner at a time");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`BuildError`]: the buffer cannot be opened or belongs to another namespace, it has limits and no directory, a limit is
    /// 0, or there is no thread to be had. Redis is not needed: an outage at the start is an outage like any other.
    ///
    /// # Blocking
    ///
    /// On the disk, while the buffer is opened.
    pub fn build(self) -> Result<EventPublisher, BuildError> {
        for (option, limit) in [
            ("queue_events", self.queue.events),
            ("queue_bytes", self.queue.bytes),
        ] {
            if limit == 0 {
                return Err(BuildError::Limit { option });
            }
        }
        let needs_buffer = [
            ("buffer_config", self.buffer_config.is_some()),
            ("write_ahead", self.write_ahead),
            ("replay_when", self.replay_when != ReplayWhen::default()),
            ("replay_pace", self.replay_pace != ReplayPace::default()),
            ("fence", self.fence),
        ];
        let wanted = needs_buffer.into_iter().find(|(_, is_set)| *is_set);
        let store = match (&self.buffer, wanted) {
            (Some(directory), _) => {
                let namespace = self.client.namespace_name();
                let config = self.buffer_config.clone().unwrap_or_default();
                Some(Store::open_directory(directory, &config, namespace, self.fence)?)
            }
            (None, Some((option, _))) => return Err(BuildError::NoDirectory { option }),
            (None, None) => None,
        };
        self.start(store)
    }

    pub(super) fn start<S: Storage>(self, store: Option<Store<S>>) -> Result<EventPublisher, BuildError> {
        let clock = Clock::start();
        let config = Arc::clone(self.client.connection_config());
        let queue = Arc::new(Queue::new(self.queue, store.as_ref().map_or(1, Store::epoch)));
        let settings = Settings {
            batch: BATCH,
            backoff: self.backoff,
            seed: seed(),
            role_interval: ROLE_INTERVAL,
            patience: config.connect_timeout,
            channel_prefix: self
                .client
                .namespace_name()
                .map_or_else(String::new, |name| format!("{name}.")),
            write_ahead: self.write_ahead,
            replay_when: self.replay_when,
            replay_pace: self.replay_pace,
            fence_key: store.as_ref().and_then(|store| self.fence_key(store)),
        };
        let bell = Arc::downgrade(&queue);
        let ring = move || {
            if let Some(queue) = bell.upgrade() {
                queue.nudge();
            }
        };
        let closing = Arc::downgrade(&queue);
        let time_left = move || {
            let by = closing.upgrade()?.closing()?;
            Some(by.saturating_sub(clock.now().elapsed))
        };
        let transport = RedisTransport::new(config, Arc::new(ring), Arc::new(time_left));
        let worker = Worker::new(transport, store, settings, clock.now());
        let board = Arc::new(Mutex::new(worker.status()));
        thread::spawn(worker, Arc::clone(&queue), clock, Arc::clone(&board)).map_err(BuildError::Thread)?;
        Ok(EventPublisher {
            inner: Arc::new(Inner { queue, clock, board }),
        })
    }
}

impl EventPublisherBuilder {
    fn fence_key<S: Storage>(&self, store: &Store<S>) -> Option<String> {
        let producer = store.fenced_producer()?.to_string();
        // An id is always written in 32 hexadecimal digits.
        let key = RedisKeys::fence(producer).ok()?;
        Some(self.client.key(key).as_str().to_owned())
    }
}

/// What makes this publisher's jitter differ from that of others.
fn seed() -> u64 {
    RandomState::new().hash_one(std::process::id())
}
