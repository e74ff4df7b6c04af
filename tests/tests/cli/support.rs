//! Events to publish, a subscriber that knows when it has heard everything, and signals to other processes.

use std::path::Path;
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::Duration;

use redis_client_tests::RedisServer;
use redis_client_tests::command_line::{CommandLine, Ran};
use serde_json::Value;

/// An order event that is like no other.
pub(crate) fn order(n: u64) -> String {
    format!(
        r#"{{"event_type":"orders.executed","timestamp":"2025-01-17T00:52:31Z","run_id":"fbaf4de2-cb97-4d56-a1d2-42ed1d583878","strategy_id":"momentum","num_orders":{n},"num_accepted":{n},"num_rejected":0}}"#
    )
}

/// Orders as lines.
pub(crate) fn orders(numbers: impl IntoIterator<Item = u64>) -> String {
    numbers.into_iter().map(|n| order(n) + "\n").collect()
}

/// The orders themselves, as payloads.
pub(crate) fn payloads(numbers: impl IntoIterator<Item = u64>) -> Vec<String> {
    numbers.into_iter().map(order).collect()
}

/// A subscriber to everything. It hears until the server goes away.
pub(crate) struct Listener {
    messages: Receiver<(String, String)>,
}

impl Listener {
    /// Returns once the subscription stands.
    #[track_caller]
    pub(crate) fn on(server: &RedisServer) -> Self {
        let (sender, messages) = mpsc::channel();
        let (ready, stands) = mpsc::channel();
        let mut connection = server.redis();
        thread::spawn(move || {
            let mut pubsub = connection.as_pubsub();
            pubsub.psubscribe("*").unwrap();
            ready.send(()).unwrap();
            while let Ok(message) = pubsub.get_message() {
                let channel = message.get_channel_name().to_owned();
                let payload = String::from_utf8_lossy(message.get_payload_bytes()).into_owned();
                if sender.send((channel, payload)).is_err() {
                    return;
                }
            }
        });
        stands.recv().unwrap();
        Self { messages }
    }

    /// All messages up to now, as channel and payload.
    #[track_caller]
    pub(crate) fn messages(self, server: &RedisServer) -> Vec<(String, String)> {
        const END: &str = "the end of the test";
        let _: () = redis::cmd("PUBLISH")
            .arg(END)
            .arg("")
            .query(&mut server.redis())
            .unwrap();
        let mut all = Vec::new();
        loop {
            let message = self.messages.recv_timeout(Duration::from_secs(20)).unwrap();
            if message.0 == END {
                return all;
            }
            all.push(message);
        }
    }

    /// The payloads of all messages up to now.
    #[track_caller]
    pub(crate) fn payloads(self, server: &RedisServer) -> Vec<String> {
        let messages = self.messages(server);
        messages.into_iter().map(|(_, payload)| payload).collect()
    }
}

/// A path as an argument.
pub(crate) fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

/// `redis-client --json` with these arguments, run to its end.
#[track_caller]
pub(crate) fn run(arguments: &[&str]) -> Ran {
    CommandLine::new([&["--json"], arguments].concat()).run()
}

/// The one object that a command writes when all is well.
#[track_caller]
pub(crate) fn object(arguments: &[&str]) -> Value {
    let ran = run(arguments);
    assert_eq!(ran.code, 0, "{ran:?}");
    let [object] = <[Value; 1]>::try_from(ran.objects()).unwrap();
    object
}

/// One member of each object, in order.
pub(crate) fn members<'a>(objects: &'a [Value], name: &str) -> Vec<&'a Value> {
    objects.iter().map(|object| &object[name]).collect()
}

/// Puts orders into a buffer, as an outage does: nothing listens at port 1.
#[track_caller]
pub(crate) fn buffered(directory: &Path, numbers: impl IntoIterator<Item = u64>) {
    let ran = CommandLine::new([
        "publish",
        "--url",
        "redis://127.0.0.1:1",
        "--buffer",
        text(directory),
    ])
    .input(orders(numbers))
    .run();
    assert_eq!(ran.code, 0, "{ran:?}");
}
