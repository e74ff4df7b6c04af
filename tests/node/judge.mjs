// Judges JSON texts by the generated package: the Node side of the verdict tests, twin of tests/python/judge.py.
//
//     judge.mjs PACKAGE             verdicts by the checks of the package in that directory
//
// A question is a line `{"type", "payload"}`, the payload in hexadecimal digits; an answer `{"written"}` when the value is accepted
// and written again, or `{"refused": reason}`. `type` is the name of a type, or `Features`.

import path from "node:path";
import readline from "node:readline";
import { pathToFileURL } from "node:url";

const source = (file) => import(pathToFileURL(path.resolve(process.argv[2], "src", file)).href);
const checks = await source("checks.js");
const runtime = await source("runtime.js");
const features = runtime.features();

// A type whose name is one of the language's own has `Type` behind it.
const find = (name) => (name === "Features" ? features : (checks[name] ?? checks[`${name}Type`]));

function judge({ type, payload }) {
  const check = find(type);
  try {
    const value = check.decode(Buffer.from(payload, "hex"));
    return { written: Buffer.from(check.encode(value), "utf-8").toString("hex") };
  } catch (error) {
    if (error instanceof runtime.SchemaError) {
      return { refused: error.message };
    }
    throw error;
  }
}

for await (const line of readline.createInterface({ input: process.stdin })) {
  process.stdout.write(`${JSON.stringify(judge(JSON.parse(line)))}\n`);
}
