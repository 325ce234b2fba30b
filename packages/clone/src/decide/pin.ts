import { fullName, type Table } from "@clone-xs/unity";
import type { HistoryEntry, HistoryRead } from "../inspect/inventory.ts";
import { momentOf } from "../request/moment.ts";
import type { CloneRequest } from "../request/request.ts";
import { hasVersions } from "./cloneable.ts";

type AsOf = CloneRequest["asOf"];

/** The version a table is cloned at, or why there is none. */
export type Pin =
  | { readonly kind: "version"; readonly entry: HistoryEntry }
  /** Nothing to pin, and nothing asked for: the table stands outside the consistent cut. */
  | { readonly kind: "none" }
  /** It cannot be had as it was at that moment, by what it is. */
  | { readonly kind: "impossible"; readonly detail: string }
  | { readonly kind: "unavailable"; readonly code: PinErrorCode; readonly message: string };

type PinErrorCode = "VERSION_NOT_AVAILABLE" | "INSPECTION_FAILED";

/** Resolves what was asked for to a version of one table: the newest, that version, or the newest that is not later than a moment. */
export function pinOf(table: Table, history: HistoryRead | undefined, asOf: AsOf): Pin {
  if (!hasVersions(table) || history === undefined) return unversioned(table, asOf);
  if (!history.ok) return asOf.kind === "latest" ? { kind: "none" } : unreadable(history.failure.message);
  const [newest] = history.entries;
  if (newest === undefined) return unversioned(table, asOf);
  switch (asOf.kind) {
    case "latest":
      return { kind: "version", entry: newest };
    case "version":
      return pinVersion(table, history.entries, asOf.value);
    case "timestamp":
      return pinMoment(table, history.entries, asOf.value);
  }
}

/** Whether entries of a history go back far enough to resolve what was asked for. */
export function reachesPin(entries: readonly HistoryEntry[], asOf: AsOf): boolean {
  const oldest = entries.at(-1);
  if (oldest === undefined) return false;
  switch (asOf.kind) {
    case "latest":
      return true;
    case "version":
      return BigInt(oldest.version) <= asOf.value;
    case "timestamp":
      return timeOf(oldest) <= timeAsked(asOf.value);
  }
}

function pinVersion(table: Table, entries: readonly HistoryEntry[], version: bigint): Pin {
  const entry = entries.find((one) => BigInt(one.version) === version);
  if (entry) return { kind: "version", entry };
  const newest = entries[0]?.version ?? "0";
  if (BigInt(newest) >= version) return tooOld(table, entries, `Version ${version}`);
  return unavailable(`${fullName(table)} has no version ${version}: its newest is ${newest}.`);
}

function pinMoment(table: Table, entries: readonly HistoryEntry[], asked: string): Pin {
  const moment = timeAsked(asked);
  const entry = entries.find((one) => timeOf(one) <= moment);
  if (entry) return { kind: "version", entry };
  const oldest = entries.at(-1);
  if (oldest?.version !== "0") return tooOld(table, entries, `The version of ${asked}`);
  return { kind: "impossible", detail: `it did not exist at ${asked}: it was made at ${oldest.timestamp}` };
}

/** Source: "Configure data retention for time travel" in the Databricks documentation; 30 days unless the table says otherwise. */
function tooOld(table: Table, entries: readonly HistoryEntry[], what: string): Pin {
  const oldest = entries.at(-1);
  const kept = table.properties["delta.logRetentionDuration"] ?? "interval 30 days";
  return unavailable(
    `${what} is no longer in the history of ${fullName(table)}, which begins with version ${oldest?.version} of ${oldest?.timestamp}: history is kept for ${kept} (delta.logRetentionDuration). Choose a later moment, or exclude the table.`,
  );
}

function unversioned(table: Table, asOf: AsOf): Pin {
  if (asOf.kind === "latest") return { kind: "none" };
  const format = table.format ?? "a table of this format";
  return { kind: "impossible", detail: `${format} has no versions; it cannot be cloned as it was earlier` };
}

function unreadable(message: string): Pin {
  return { kind: "unavailable", code: "INSPECTION_FAILED", message };
}

function unavailable(message: string): Pin {
  return { kind: "unavailable", code: "VERSION_NOT_AVAILABLE", message };
}

/** A request is only made of timestamps that can be read; a history whose time cannot be read is never early enough. */
function timeAsked(text: string): number {
  return momentOf(text) ?? Number.NaN;
}

function timeOf({ timestamp }: HistoryEntry): number {
  return momentOf(timestamp) ?? Number.NaN;
}
