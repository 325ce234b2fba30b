/**
 * Properties that say nothing about likeness: ours, which only clones carry, the catalog's notes about commits, protocol,
 * names that row tracking gives to its hidden columns, where commit timestamps began, which differ between any two tables, and what
 * the server itself notes on new schemas.
 */
const INCOMPARABLE =
  /^(?:clxs\.|unity\.catalog\.managed\.|delta\.(?:lastUpdateVersion|lastCommitTimestamp|minReaderVersion|minWriterVersion|feature\.|rowTracking\.materialized|inCommitTimestampEnablement))/u;

/** Names of the properties that differ and tell something, sorted. */
export function differingProperties(
  source: Readonly<Record<string, string>>,
  target: Readonly<Record<string, string>>,
): readonly string[] {
  return comparableProperties(source, target).filter((key) => source[key] !== target[key]);
}

/** Names of the properties of either that tell something when they differ, sorted. */
export function comparableProperties(
  source: Readonly<Record<string, string>>,
  target: Readonly<Record<string, string>>,
): readonly string[] {
  const keys = [...new Set([...Object.keys(source), ...Object.keys(target)])].sort();
  return keys.filter((key) => !INCOMPARABLE.test(key));
}
