import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { metastoreNetwork, openLakehouse, type PrincipalRecord, type TaskRunner } from "@clone-xs/lakehouse";
import type { Workspace } from "@clone-xs/unity";
import { WRITERS } from "./catalog.ts";
import { seeded } from "./random.ts";

/** The embedded workspaces that all stories happen in: their clock is virtual, and their ids follow from the seed. */
export interface World {
  readonly workspace: Workspace;
  /** In another metastore, which sees what is shared with it after a while. */
  readonly there: Workspace;
  /** Epoch milliseconds; only the scheduler moves it. */
  readonly clock: { time: number };
  /** Ids and bytes that the workspace makes follow from the seed from now on. */
  reseed(seed: number): void;
  close(): Promise<void>;
}

/** Runs of streams stand there until they are cancelled: their loops are driven by the stories. */
const IDLE: TaskRunner = {
  refusal: () => undefined,
  run: (_, { signal }) =>
    new Promise((_resolve, reject) => {
      signal.addEventListener("abort", () => reject(new Error("told to end")), { once: true });
    }),
};

/** About what the service takes. */
const SHARE_DELAY_MS = 60_000;

export async function openWorld(): Promise<World> {
  const directory = await mkdtemp(join(tmpdir(), "clxs-sim-"));
  const clock = { time: Date.UTC(2026, 0, 1) };
  let random = seeded(0);
  const randomBytes = (size: number) =>
    Buffer.from(Array.from({ length: size }, () => Math.floor(random() * 256)));
  // Time moves also while nobody takes turns: commits of one table must not share a millisecond.
  const now = () => (clock.time += 1);
  const principals = WRITERS.map(principalOf);
  const uuid = () => uuidOf(randomBytes(16));
  const network = metastoreNetwork();
  const shared = { now, uuid, randomBytes, principals, network, shareDelayMs: SHARE_DELAY_MS };
  const here = await openLakehouse({ ...shared, directory: join(directory, "here"), taskRunner: IDLE });
  const there = await openLakehouse({ ...shared, directory: join(directory, "there") });
  return {
    workspace: here.connect(),
    there: there.connect(),
    clock,
    reseed(seed) {
      random = seeded(seed ^ 0x5eed);
    },
    close: async () => {
      await there.close();
      await here.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/** The writer may write also as a member of the team. */
function principalOf(name: (typeof WRITERS)[number]): PrincipalRecord {
  return name === "writer"
    ? { name, kind: "user", groups: ["etl_team"], admin: false }
    : { name, kind: "group", groups: [], admin: false };
}

/** A version 4 UUID of given bytes. */
function uuidOf(bytes: Buffer): string {
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return bytes.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/u, "$1-$2-$3-$4-$5");
}
