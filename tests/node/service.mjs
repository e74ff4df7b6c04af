// A service on node-redis and the generated package, for the cross-language tests; twin of tests/python/schemas_service.py.
//
// It talks in JSON lines on standard input and output. PACKAGE is the directory of the package.
//
//     service.mjs PACKAGE URL listen COUNT   subscribe, say {"ready": true}, then report each of COUNT messages
//     service.mjs PACKAGE URL publish        read event lines, publish each
//     service.mjs PACKAGE URL keys           read {"set"} with a quote as JSON, {"get"} or {"scan"} with a symbol

import { createRequire } from "node:module";
import path from "node:path";
import readline from "node:readline";
import { pathToFileURL } from "node:url";

const { createClient } = createRequire(path.join(process.env.TEST_PACKAGES, "x.js"))("redis");
const [, , directory, url, command, count] = process.argv;
const schemas = await import(pathToFileURL(path.resolve(directory, "src/index.js")).href);

const say = (facts) => process.stdout.write(`${JSON.stringify(facts)}\n`);
const lines = () => readline.createInterface({ input: process.stdin });

const client = await createClient({ url }).connect();

async function listen(wanted) {
  let left = wanted;
  await new Promise((done) => {
    const report = (payload, channel) => {
      const event = schemas.decode(channel, payload);
      const written = schemas.encode(event);
      say({ channel, payload: written.payload, own_channel: written.channel });
      left -= 1;
      if (left === 0) {
        done();
      }
    };
    const subscribed = [
      client.subscribe([...schemas.channels.NAMES], report),
      client.pSubscribe([...schemas.channels.PATTERNS], report),
    ];
    Promise.all(subscribed).then(() => say({ ready: true }));
  });
}

async function publish() {
  for await (const line of lines()) {
    const event = schemas.decodeType(JSON.parse(line).event_type, line);
    const { channel, payload } = schemas.encode(event);
    say({ receivers: await client.publish(channel, payload) });
  }
}

async function keys() {
  for await (const line of lines()) {
    const question = JSON.parse(line);
    if (question.set !== undefined) {
      const quote = schemas.Quote.decode(question.set);
      const key = schemas.RedisKeys.price(quote.symbol);
      await client.set(key, schemas.PriceKey.encodeValue(quote), { expiration: { type: "EX", value: schemas.PriceKey.ttl } });
      say({ key });
    } else if (question.get !== undefined) {
      const key = schemas.RedisKeys.price(question.get);
      const quote = schemas.PriceKey.decodeValue(await client.get(key));
      say({ value: schemas.Quote.encode(quote), ttl: await client.ttl(key) });
    } else {
      const symbols = [];
      for await (const found of client.scanIterator({ MATCH: schemas.PriceKey.scanPattern() })) {
        symbols.push(...[found].flat().map((key) => schemas.PriceKey.parse(key).symbol));
      }
      say({ symbols: symbols.sort() });
    }
  }
}

await { listen: () => listen(Number(count)), publish, keys }[command]();
client.destroy();
