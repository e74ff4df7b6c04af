// Judges JSON texts by the roots of many generated packages: the Node side of the tests with the JSON Schema suite.
//
//     judge_roots.mjs DIRECTORY     verdicts by the package in DIRECTORY/CASE/typescript
//
// A question is a line `{"case", "payload"}`, the payload in hexadecimal digits; an answer `{"written"}` when the value is accepted
// and written again, or `{"refused": reason}`.

import path from "node:path";
import readline from "node:readline";
import { pathToFileURL } from "node:url";

const load = async (name) => {
  const source = (file) => import(pathToFileURL(path.resolve(process.argv[2], name, "typescript/src", file)).href);
  return { root: (await source("models.js")).Root, refusal: (await source("runtime.js")).SchemaError };
};

const loaded = new Map();

for await (const line of readline.createInterface({ input: process.stdin })) {
  const { case: name, payload } = JSON.parse(line);
  if (!loaded.has(name)) {
    loaded.set(name, await load(name));
  }
  const { root, refusal } = loaded.get(name);
  let answer;
  try {
    const value = root.decode(Buffer.from(payload, "hex"));
    answer = { written: Buffer.from(root.encode(value), "utf-8").toString("hex") };
  } catch (error) {
    if (!(error instanceof refusal)) {
      throw error;
    }
    answer = { refused: error.message };
  }
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
