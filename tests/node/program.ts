// A program on the generated package, for `tsc --strict`: what is right compiles, what is wrong does not.

import {
  type AnyEvent,
  BYTES_MAX,
  FeaturesKey,
  OrderEvent,
  PositionEvent,
  PriceKey,
  RedisKeys,
  ReduceOnlyLockKey,
  channels,
  decode,
  encode,
} from "../../schemas/bindings/typescript/src/index.js";

const order: OrderEvent = OrderEvent.decode("{}");
const strategy: string = order.strategy_id;
const total: number = order.num_accepted + order.num_rejected;

// What has one value need not be given.
const payload: string = PositionEvent.encode({
  timestamp: "2025-01-17T14:30:00Z",
  symbol: "BRK.B",
  action: "buy",
  qty_change: 100,
  new_qty: 100,
  price: "451.250",
  strategy_id: strategy,
});

// @ts-expect-error an action that the schema does not know
const wrong: PositionEvent["action"] = "hold";
// @ts-expect-error a member that is missing
PositionEvent.encode({ timestamp: "2025-01-17T14:30:00Z" });
// @ts-expect-error decimals are texts
const price: PositionEvent["price"] = 451.25;
// @ts-expect-error a constant is not assigned
order.event_type = "orders.executed";

function symbolOf(event: AnyEvent): string {
  switch (event.event_type) {
    case "orders.executed":
      return event.run_id;
    case "signals.generated":
      return event.symbols.join();
    case "positions.updated":
      return event.symbol;
    case "price.updated":
      return event.bid ?? event.symbol;
  }
}

const event = decode(channels.ORDERS_EXECUTED, payload);
const sent: { channel: string; payload: string } = encode(event);
const key: string = RedisKeys.quarantine("*", symbolOf(event));
const { symbol, date } = FeaturesKey.parse(key);
const features: { [name: string]: number } = FeaturesKey.decodeValue(sent.payload);
const quote = PriceKey.decodeValue(new Uint8Array());
const size: number = quote.bid_size ?? 0;
// @ts-expect-error absent is not null
const absent: typeof quote.bid_size = null;
// @ts-expect-error a lock holds nothing
ReduceOnlyLockKey.decodeValue("");
const glob: string = PriceKey.scanPattern({ symbol });

export { BYTES_MAX, absent, date, features, glob, price, size, total, wrong };
