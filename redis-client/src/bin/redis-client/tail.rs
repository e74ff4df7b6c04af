//! `tail`: events as they are published.
//!
//! What is shown is what was on the wire, not what this program makes of it: a valid event keeps the members that its schema does
//! not know, and what is no event is shown with the reason.

use std::borrow::Cow;

use redis_client::client::{Message, Received};
use redis_client::{AnyEvent, EventSet, EventSubscriber};
use serde::Serialize;
use serde_json::value::RawValue;

use crate::args::{Common, Tail};
use crate::exit::{Exit, Failure};
use crate::output::{Output, bad, faint, good};

/// See the head of the file. Ends with the command only.
pub(crate) async fn run(options: Tail, common: &Common, output: &Output) -> Result<Exit, Failure> {
    let client = common.client()?;
    let mut builder = EventSubscriber::<AnyEvent>::builder(&client);
    if !options.channels.is_empty() {
        builder = builder.channels(options.channels);
    }
    let mut subscriber = builder.subscribe().await?;
    notice(output, "subscribed", None)?;
    // Bound: whoever watches.
    while let Some(received) = subscriber.next_message().await {
        match received {
            Received::Event(message) => show(output, &message)?,
            Received::Reconnected => notice(output, "reconnected", None)?,
            Received::Lagged(dropped) => notice(output, "lagged", Some(dropped))?,
            _ => {}
        }
    }
    Ok(Exit::WELL)
}

#[derive(Serialize)]
struct Valid<'a> {
    channel: &'a str,
    event: &'a RawValue,
}

#[derive(Serialize)]
struct NoEvent<'a> {
    channel: &'a str,
    #[serde(rename = "invalid")]
    reason: &'a str,
    payload: Cow<'a, str>,
}

#[derive(Serialize)]
struct Notice {
    #[serde(rename = "notice")]
    what: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    dropped: Option<u64>,
}

fn show(output: &Output, message: &Message) -> Result<(), Failure> {
    let Message { channel, payload, .. } = message;
    match event_of(channel, payload) {
        Ok(event) => output.result(
            &Valid {
                channel,
                event: &event,
            },
            || format!("{}  {}", good(channel), event.get()),
        )?,
        Err(reason) => {
            let payload = String::from_utf8_lossy(payload);
            output.result(
                &NoEvent {
                    channel,
                    reason: &reason,
                    payload: payload.clone(),
                },
                || format!("{}  {}  {payload}", bad(channel), faint(&reason)),
            )?;
        }
    }
    Ok(())
}

/// The event's own JSON on one line, or why it is none.
fn event_of(channel: &str, payload: &[u8]) -> Result<Box<RawValue>, String> {
    match AnyEvent::decode(channel, payload) {
        None => return Err("no event is known for this channel".to_owned()),
        Some(Err(error)) => return Err(error.to_string()),
        Some(Ok(_)) => {}
    }
    let text = std::str::from_utf8(payload).map_err(|error| error.to_string())?;
    RawValue::from_string(one_line(text)).map_err(|error| error.to_string())
}

/// JSON without the white space between its tokens.
fn one_line(json: &str) -> String {
    let mut line = String::with_capacity(json.len());
    let (mut within, mut escaped) = (false, false);
    for c in json.chars() {
        if within {
            within = escaped || c != '"';
            escaped = !escaped && c == '\\';
        } else if matches!(c, ' ' | '\t' | '\n' | '\r') {
            continue;
        } else {
            within = c == '"';
        }
        line.push(c);
    }
    line
}

fn notice(output: &Output, what: &'static str, dropped: Option<u64>) -> Result<(), Failure> {
    if output.is_json() {
        output.result(&Notice { what, dropped }, String::new)?;
    } else {
        output.say(&match dropped {
            Some(dropped) => format!("lagged: {dropped} messages were dropped here"),
            None => what.to_owned(),
        });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_goes_between_tokens_and_stays_in_strings() {
        let check = |json: &str, expected: &str| assert_eq!(one_line(json), expected);
        check("{ \"a b\" :\n [1, 2]\t}", "{\"a b\":[1,2]}");
        check(r#"{"a \" b": "c \\" , "d": 1}"#, r#"{"a \" b":"c \\","d":1}"#);
    }

    #[test]
    fn what_is_no_event_says_why() {
        assert_eq!(
            event_of("somewhere", b"{}").unwrap_err(),
            "no event is known for this channel"
        );
        assert!(event_of("orders.executed", b"{}").is_err());
    }
}
