"""A service on redis-py and the generated package, for the cross-language tests; twin of tests/node/service.mjs.

It talks in JSON lines on standard input and output. PACKAGE is the directory the package was installed to.

    schemas_service.py PACKAGE URL listen COUNT   subscribe, say {"ready": true}, then report each of COUNT messages
    schemas_service.py PACKAGE URL publish        read event lines, publish each
    schemas_service.py PACKAGE URL keys           read {"set"} with a quote as JSON, {"get"} or {"scan"} with a symbol
"""

import importlib
import json
import sys

import redis


def say(**facts: object) -> None:
    print(json.dumps(facts), flush=True)


def lines():
    for line in sys.stdin:
        if line.strip():
            yield line.rstrip("\n")


def listen(schemas, connection: redis.Redis, count: int) -> None:
    pubsub = connection.pubsub()
    pubsub.subscribe(*schemas.channels.NAMES)
    pubsub.psubscribe(*schemas.channels.PATTERNS)
    confirmed = 0
    while confirmed < len(schemas.channels.ALL):
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
        event = schemas.decode(message["channel"], message["data"])
        channel, payload = schemas.encode(event)
        say(channel=message["channel"].decode(), payload=payload.decode(), own_channel=channel)


def publish(schemas, connection: redis.Redis) -> None:
    for line in lines():
        event = schemas.decode_type(json.loads(line)["event_type"], line)
        channel, payload = schemas.encode(event)
        say(receivers=connection.publish(channel, payload))


def keys(schemas, connection: redis.Redis) -> None:
    for line in lines():
        question = json.loads(line)
        if "set" in question:
            quote = schemas.Quote.decode(question["set"])
            key = schemas.RedisKeys.price(quote.symbol)
            connection.set(key, key.encode_value(quote), ex=key.TTL)
            say(key=key)
        elif "get" in question:
            key = schemas.RedisKeys.price(question["get"])
            quote = key.decode_value(connection.get(key))
            say(value=quote.encode().decode(), ttl=connection.ttl(key))
        else:
            found = [schemas.PriceKey.parse(key.decode()) for key in connection.scan_iter(schemas.PriceKey.scan_pattern())]
            say(symbols=sorted(key.symbol for key in found))


def main() -> None:
    package, url, command, *rest = sys.argv[1:]
    sys.path.insert(0, package)
    schemas = importlib.import_module("redis_client_schemas")
    connection = redis.Redis.from_url(url, socket_timeout=20)
    if command == "listen":
        listen(schemas, connection, int(rest[0]))
    elif command == "publish":
        publish(schemas, connection)
    elif command == "keys":
        keys(schemas, connection)
    else:
        raise SystemExit(f"unknown command: {command}")


main()
