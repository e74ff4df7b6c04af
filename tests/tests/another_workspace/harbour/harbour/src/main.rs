//! Publishes an event of each kind and reads both back; stores under a key of each kind and reads that back.

use harbour::{BerthKey, Heard, RedisKeys, StormWarning, TideEvent};
use redis_client::client::Received;
use redis_client::redis::cmd;
use redis_client::{Error, EventPublisher, EventSubscriber, Key, RedisClient, codec};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let client = RedisClient::from_env()?;
    let mut subscriber = EventSubscriber::<Heard>::subscribe(&client).await?;
    let publisher = EventPublisher::builder(&client).build()?;

    let tide = TideEvent {
        port: "dover".parse()?,
        centimetres: 680,
    };
    let storm = StormWarning {
        port: "dover".parse()?,
        force: 9,
    };
    publisher.publish(&tide)?.await?;
    publisher.publish(&storm)?.await?;
    for _ in 0..2 {
        match subscriber.next().await {
            Some(Received::Event(event)) => println!("heard {event:?}"),
            other => println!("unexpected {other:?}"),
        }
    }

    let level = RedisKeys::level("dover")?;
    let berth: BerthKey = "berth:dover:7".parse()?;
    let set = cmd("SET").arg(&level).arg(codec::encode(&tide)?).to_owned();
    client.command::<()>(set).await?;
    let set = cmd("SET").arg(&berth).arg("Endeavour").to_owned();
    client.command::<()>(set).await?;
    let stored: Vec<u8> = client.command(cmd("GET").arg(&level).to_owned()).await?;
    println!("level {:?}", codec::decode::<TideEvent>(&stored)?);
    let stored: String = client.command(cmd("GET").arg(&berth).to_owned()).await?;
    println!("berth {stored} of {}", BerthKey::scan_pattern());
    Ok(())
}
