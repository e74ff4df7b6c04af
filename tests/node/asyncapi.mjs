// Reads a document with the official AsyncAPI parser and prints what it has to say, one JSON object per line:
// {"severity", "code", "message"}, 0 being an error, 1 a warning; then {"channels", "messages"} as the parser counts them.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

const { Parser } = createRequire(path.join(process.env.TEST_PACKAGES, "x.js"))("@asyncapi/parser");
const { document, diagnostics } = await new Parser().parse(readFileSync(process.argv[2], "utf-8"));
for (const { severity, code, message } of diagnostics) {
  console.log(JSON.stringify({ severity, code, message }));
}
console.log(
  JSON.stringify({
    channels: document?.channels().length ?? 0,
    messages: document?.messages().length ?? 0,
  }),
);
