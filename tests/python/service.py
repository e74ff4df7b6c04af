"""A trading service as it speaks to Redis today, written for the cross-language tests from the wire facts alone.

It knows nothing of the Rust side and shares no code with it: pydantic v2 models, redis-py, `json`. Each command talks to
the test in JSON lines on standard input and output.

    service.py URL listen COUNT       subscribe, say {"ready": true}, then report each of COUNT messages
    service.py URL publish            read event lines on standard input, publish each as this service writes it
    service.py URL raw                read {"channel", "payload"} lines, publish the payload as it stands
    service.py URL features-write     read {"symbol", "date", "json"} lines, store `json` for an hour
    service.py URL features-read      read {"symbol", "date"} lines, report the numbers' bits in order and the lifetime
"""

import json
import struct
import sys
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Literal, Optional, Union
from uuid import UUID

import redis
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, TypeAdapter, field_serializer

Text = Annotated[str, Field(min_length=1)]
Count = Annotated[int, Field(ge=0)]


class Event(BaseModel):
    # Readers ignore fields they do not know.
    model_config = ConfigDict(extra="ignore")

    def channel(self) -> str:
        return self.event_type

    def wire(self) -> bytes:
        return self.model_dump_json().encode("utf-8")


class SignalEvent(Event):
    event_type: Literal["signals.generated"] = "signals.generated"
    timestamp: AwareDatetime
    strategy_id: Text
    symbols: Annotated[list[Text], Field(min_length=1)]
    num_signals: Count
    as_of_date: date


class OrderEvent(Event):
    event_type: Literal["orders.executed"] = "orders.executed"
    timestamp: AwareDatetime
    run_id: UUID
    strategy_id: Text
    num_orders: Count
    num_accepted: Count
    num_rejected: Count


class PositionEvent(Event):
    event_type: Literal["positions.updated"] = "positions.updated"
    timestamp: AwareDatetime
    symbol: Text
    action: Literal["buy", "sell", "fill", "partial_fill"]
    qty_change: int
    new_qty: int
    price: Decimal
    strategy_id: Text


class PriceUpdateEvent(Event):
    event_type: Literal["price.updated"] = "price.updated"
    symbol: Text
    price: Annotated[Decimal, Field(ge=0)]
    timestamp: AwareDatetime
    bid: Optional[Decimal] = None
    ask: Optional[Decimal] = None
    bid_price: Optional[Decimal] = None
    ask_price: Optional[Decimal] = None
    bid_size: Optional[int] = None
    ask_size: Optional[int] = None
    exchange: Optional[str] = None
    volume: Optional[int] = None

    def channel(self) -> str:
        return f"price.updated.{self.symbol}"

    # This event alone is written by `isoformat`, which spells UTC as +00:00.
    @field_serializer("timestamp")
    def _timestamp(self, value: datetime) -> str:
        return value.isoformat()


EVENT = TypeAdapter(
    Annotated[
        Union[SignalEvent, OrderEvent, PositionEvent, PriceUpdateEvent],
        Field(discriminator="event_type"),
    ]
)


def say(**facts: object) -> None:
    print(json.dumps(facts), flush=True)


def lines():
    for line in sys.stdin:
        if line.strip():
            yield line.rstrip("\n")


def listen(connection: redis.Redis, count: int) -> None:
    pubsub = connection.pubsub()
    pubsub.subscribe("signals.generated", "orders.executed", "positions.updated")
    pubsub.psubscribe("price.updated.*")
    confirmed = 0
    while confirmed < 4:
        message = pubsub.get_message(timeout=20)
        if message is None:
            raise SystemExit("the server does not confirm the subscriptions")
        confirmed += message["type"] in ("subscribe", "psubscribe")
    say(ready=True)
    while count > 0:
        message = pubsub.get_message(timeout=20)
        if message is None:
            raise SystemExit(f"{count} messages are missing")
        if message["type"] not in ("message", "pmessage"):
            continue
        count -= 1
        event = EVENT.validate_json(message["data"])
        say(
            channel=message["channel"].decode(),
            payload=message["data"].decode(),
            type=type(event).__name__,
            expected_channel=event.channel(),
            written=event.wire().decode(),
        )


def publish(connection: redis.Redis) -> None:
    for line in lines():
        event = EVENT.validate_json(line)
        receivers = connection.publish(event.channel(), event.wire())
        say(payload=event.wire().decode(), receivers=receivers)


def raw(connection: redis.Redis) -> None:
    for line in lines():
        message = json.loads(line)
        receivers = connection.publish(message["channel"], message["payload"])
        say(receivers=receivers)


def features_write(connection: redis.Redis) -> None:
    for line in lines():
        entry = json.loads(line)
        # `json.dumps` writes what other languages do not read: NaN, Infinity, -Infinity.
        value = json.dumps(json.loads(entry["json"]))
        connection.set(f"features:{entry['symbol']}:{entry['date']}", value, ex=3600)
        say(stored=value)


def features_read(connection: redis.Redis) -> None:
    for line in lines():
        entry = json.loads(line)
        key = f"features:{entry['symbol']}:{entry['date']}"
        value = json.loads(connection.get(key))
        say(
            # The bits of each number: the comparison is exact.
            values=[[name, struct.unpack("<Q", struct.pack("<d", number))[0]] for name, number in value.items()],
            ttl=connection.ttl(key),
        )


def main() -> None:
    url, command, *rest = sys.argv[1:]
    connection = redis.Redis.from_url(url, socket_timeout=20)
    if command == "listen":
        listen(connection, int(rest[0]))
    elif command == "publish":
        publish(connection)
    elif command == "raw":
        raw(connection)
    elif command == "features-write":
        features_write(connection)
    elif command == "features-read":
        features_read(connection)
    else:
        raise SystemExit(f"unknown command: {command}")


if __name__ == "__main__":
    main()
