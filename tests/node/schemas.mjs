// The schema of each type of the generated package by name, as one JSON object: the Node side of a test of the packages.
//
//     schemas.mjs PACKAGE

import path from "node:path";
import { pathToFileURL } from "node:url";

const models = await import(pathToFileURL(path.resolve(process.argv[2], "src", "models.js")).href);
const schemas = Object.entries(models)
  .filter(([, value]) => typeof value.schema === "function")
  .map(([name, value]) => [name, value.schema()]);
process.stdout.write(JSON.stringify(Object.fromEntries(schemas)));
