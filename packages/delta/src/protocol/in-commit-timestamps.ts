import { actionsOf } from "../actions.ts";
import { isTrue } from "./properties.ts";
import type { CommitRequest } from "../commit/request.ts";

const ENABLED = "delta.enableInCommitTimestamps";
const SINCE_VERSION = "delta.inCommitTimestampEnablementVersion";
const SINCE_TIMESTAMP = "delta.inCommitTimestampEnablementTimestamp";

/** Whether the table has in-commit timestamps once this commit is done. Protocol: "In-Commit Timestamps". */
export function hasInCommitTimestamps({ base, actions }: CommitRequest): boolean {
  const metadata = actionsOf(actions, "metaData")[0] ?? base?.metadata;
  return isTrue(metadata?.configuration[ENABLED]);
}

/** A configuration without what belongs to one table's history: since when it has in-commit timestamps. */
export function withoutEnablement(
  configuration: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const { [SINCE_VERSION]: _version, [SINCE_TIMESTAMP]: _timestamp, ...rest } = configuration;
  return rest;
}

/**
 * The configuration an existing table gets, saying since when it has in-commit timestamps. `previous` is the
 * configuration so far; `version` and `timestamp` are those of the commit that sets `next`.
 */
export function withEnablement(
  previous: Readonly<Record<string, string>>,
  next: Readonly<Record<string, string>>,
  { version, timestamp }: { readonly version: number; readonly timestamp: number },
): Readonly<Record<string, string>> {
  const clean = withoutEnablement(next);
  if (!isTrue(clean[ENABLED])) return clean;
  if (!isTrue(previous[ENABLED]))
    return { ...clean, [SINCE_VERSION]: String(version), [SINCE_TIMESTAMP]: String(timestamp) };
  const [sinceVersion, sinceTimestamp] = [previous[SINCE_VERSION], previous[SINCE_TIMESTAMP]];
  return sinceVersion === undefined || sinceTimestamp === undefined
    ? clean
    : { ...clean, [SINCE_VERSION]: sinceVersion, [SINCE_TIMESTAMP]: sinceTimestamp };
}
