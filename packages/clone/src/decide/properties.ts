/**
 * Properties that say nothing about likeness: ours, which only clones carry, the catalog's notes about commits, protocol,
 * names that row tracking gives to its hidden columns, and where commit timestamps began, which differ between any two tables.
 */
const INCOMPARABLE =
  /^(?:clxs\.|delta\.(?:lastUpdateVersion|lastCommitTimestamp|minReaderVersion|minWriterVersion|feature\.|rowTracking\.materialized|inCommitTimestampEnablement))/u;

/** Names of the properties that differ and tell something, sorted. */
export function differingProperties(
  source: Readonly<Record<string, string>>,
  target: Readonly<Record<string, string>>,
): readonly string[] {
  const keys = [...new Set([...Object.keys(source), ...Object.keys(target)])].sort();
  return keys.filter((key) => !INCOMPARABLE.test(key) && source[key] !== target[key]);
}
