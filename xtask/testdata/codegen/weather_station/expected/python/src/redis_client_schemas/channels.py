"""Channels: their names, and the events that travel on them.

Written by `cargo xtask codegen` from the schemas. Do not edit: change a schema and run it again.
"""

from __future__ import annotations

from . import _checks as checks
from ._runtime import Event, SchemaError, UnknownChannel, channel_matches, parse
from .models import AnyEvent, Reading, StationId

WEATHER_READING = "weather.{station}.reading"
"""The channel of `Reading`."""

ALL: tuple[str, ...] = (WEATHER_READING,)
"""Every channel, with the placeholders of those that have some."""

NAMES: tuple[str, ...] = ()
"""What to `SUBSCRIBE` to for every event whose channel is one name."""

PATTERNS: tuple[str, ...] = ("weather.*.reading",)
"""What to `PSUBSCRIBE` to for every event whose channel has placeholders."""


def weather_reading(station: StationId) -> str:
    """One channel of `Reading`, such as to subscribe to it alone; a `SchemaError` for a wrong part."""
    return "weather." + checks.READING["station"].key_text(station) + ".reading"


_EVENTS: tuple[tuple[tuple[str, ...], type[AnyEvent]], ...] = (
    (("weather.", ".reading"), Reading),
)


def decode(channel: str | bytes, payload: str | bytes | bytearray | memoryview) -> AnyEvent:
    """Reads the event of a message.

    `UnknownChannel` when no event travels there, a `DecodeError` when the payload is no such event.
    """
    name = channel if isinstance(channel, str) else bytes(channel).decode("utf-8", "replace")
    models = [model for literals, model in _EVENTS if channel_matches(literals, name)]
    if not models:
        raise UnknownChannel("no event of the schemas travels on this channel")
    chosen = models[0]
    if len(models) > 1:
        try:
            tree = parse(payload)
        except SchemaError:
            tree = None
        said = tree.get("event_type") if isinstance(tree, dict) else None
        chosen = next((model for model in models[1:] if said == model.EVENT_TYPE), chosen)
    return chosen.decode(payload)


def decode_type(event_type: str, payload: str | bytes | bytearray | memoryview) -> AnyEvent:
    """Reads an event that is on no channel, by the type it is said to have; a `LookupError` for an unknown one."""
    for _, model in _EVENTS:
        if model.EVENT_TYPE == event_type:
            return model.decode(payload)
    raise LookupError("no event of the schemas is of this type")


def encode(event: Event) -> tuple[str, bytes]:
    """Checks an event and gives its channel and its JSON; an `EncodeError` says where and why not."""
    payload = event.encode()
    return event.channel(), payload
