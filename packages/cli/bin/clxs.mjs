#!/usr/bin/env node
// Committed launcher of the bundled program: in a fresh checkout it says what is missing instead of a stack trace.
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const [major, minor] = process.versions.node.split(".").map(Number);
const program = new URL("../dist/clxs.mjs", import.meta.url);

if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`clxs needs Node 20.19 or newer; this is ${process.version}.`);
  process.exitCode = 2;
} else if (!existsSync(fileURLToPath(program))) {
  console.error("clxs is not built in this checkout yet: run `npm run setup` once.");
  process.exitCode = 2;
} else {
  void import(program.href);
}
