import { Secret } from "@clone-xs/databricks/client";
import { openRunFiles } from "@clone-xs/clone";
import { expect, it } from "vitest";
import {
  body,
  facts,
  summaryOf,
  temporaryConnections,
  temporaryDirectory,
  temporaryStore,
} from "../../test/fixtures.ts";
import { forgetGiven } from "./forget.ts";

const details = { host: "https://x", credentials: { method: "pat", token: new Secret("t") } } as const;

/** A run in the state that it has after these triggers, with a connection of its own. */
async function runAfter(...triggers: readonly ("start" | "succeed" | "fail" | "stop" | "cancel")[]) {
  const home = temporaryDirectory();
  const [store, connections] = [temporaryStore(home), temporaryConnections(home)];
  store.insert({ id: "0000000a", request: body, facts, at: 1 });
  for (const trigger of triggers) store.move("0000000a", trigger, { at: 2, result: summaryOf("0000000a") });
  connections.keepForRun("0000000a", "inline:1", details, 1);
  return { home, store, connections };
}

/** What a run leaves that has begun and can be gone on with. */
async function leaveLedger(home: string): Promise<void> {
  const files = await openRunFiles(home, "0000000a");
  await files.ledger.append({ at: 1, type: "run", runId: "0000000a", request: body, version: 1 });
  await files.ledger.append({ at: 2, type: "end", status: "failed", interrupted: true });
  await files.close();
}

it.each([
  ["waits", [], true],
  ["is under way", ["start"], true],
  ["succeeded", ["start", "succeed"], false],
  ["was cancelled", ["start", "cancel", "stop"], false],
  ["failed before it began", ["start", "fail"], false],
] as const)("the connection of a run that %s", async (_, triggers, kept) => {
  const { home, store, connections } = await runAfter(...triggers);
  await forgetGiven({ connections, store, home }, 1_000_000);
  expect(connections.keptFor().length > 0).toBe(kept);
});

it("stays while the run may be gone on with", async () => {
  const { home, store, connections } = await runAfter("start", "fail");
  await leaveLedger(home);
  await forgetGiven({ connections, store, home }, 1_000_000);
  expect(connections.keptFor()).toHaveLength(1);
});

it("stays for a moment when the run is not stored yet", async () => {
  const home = temporaryDirectory();
  const [store, connections] = [temporaryStore(home), temporaryConnections(home)];
  connections.keepForRun("0000000b", "inline:1", details, 100_000);
  await forgetGiven({ connections, store, home }, 100_001);
  expect(connections.keptFor()).toHaveLength(1);
  await forgetGiven({ connections, store, home }, 200_000);
  expect(connections.keptFor()).toEqual([]);
});
