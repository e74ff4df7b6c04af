//! The seams of the publisher, for the project's own simulation; outside semantic versioning.

use std::sync::Arc;
use std::time::Duration;

pub use super::fence::{BATCH as FENCE_BATCH, CLAIM as FENCE_CLAIM, pair_of, text_of};
pub use super::queue::{Queue, Released, Taken};
pub use super::receipt::Answers;
pub use super::replay::{ReplayPace, ReplayWhen};
pub use super::stats::{Counts, Status};
pub use super::store::{Log, Store};
pub use super::transport::{Reply, Session, Transport};
pub use super::worker::{Accepted, Limits, Next, Now, Settings, Turn, Worker};

use super::{BuildError, EventPublisher, EventPublisherBuilder, PublishError, Receipt};
use crate::age::MaxAge;
use crate::buffer::storage::Storage;
use crate::event::Parts;

/// As `publish`, for an event that is bytes already.
///
/// # Errors
///
/// As `publish`: the queue is full or closed, or the event too large.
pub fn push(
    queue: &Queue,
    channel: &str,
    payload: Vec<u8>,
    max_age: Option<MaxAge>,
    accepted_at: Duration,
) -> Result<Receipt, PublishError> {
    queue.push(
        Arc::new(Parts {
            channel: channel.to_owned().into(),
            payload,
            max_age,
        }),
        accepted_at,
    )
}

/// As `EventPublisherBuilder::build`, over a store on any storage.
///
/// # Errors
///
/// As `build`.
pub fn start<S: Storage>(
    builder: EventPublisherBuilder,
    store: Store<S>,
) -> Result<EventPublisher, BuildError> {
    builder.start(Some(store))
}
