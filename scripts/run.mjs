// npm run demo | start | bench | sim | test:pitfalls: installs and builds what is missing, then runs. None of them uses credentials found in the environment.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { ensureReady } from "./setup.mjs";

const file = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));
const clxs = file("packages/cli/bin/clxs.mjs");
const commands = {
  demo: [clxs, "demo"],
  start: [clxs, "serve", "--embedded", "--with-demo-data"],
  bench: ["--import", "tsx", file("bench/src/main.ts")],
  pitfalls: ["--import", "tsx", file("acceptance/pitfalls/run.ts")],
  sim: ["--import", "tsx", file("packages/clone/test/simulation/main.ts")],
};

const [name, ...rest] = process.argv.slice(2);
const command = commands[name];
if (command === undefined) {
  console.error(`usage: node scripts/run.mjs ${Object.keys(commands).join(" | ")}`);
  process.exit(2);
}
ensureReady();
if (!existsSync(command.at(command.length > 1 && command[0] === "--import" ? -1 : 0))) {
  console.error(`${name} is not part of this checkout.`);
  process.exit(2);
}

const child = spawn(process.execPath, [...command, ...rest], { stdio: "inherit" });
// Ctrl-C reaches the child from the terminal itself: waiting for its clean-up is all there is to do.
process.on("SIGINT", () => undefined);
process.on("SIGTERM", () => child.kill("SIGTERM"));
child.on("exit", (code, signal) => process.exit(code ?? (signal === "SIGINT" ? 130 : 1)));
