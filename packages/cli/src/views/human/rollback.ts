import type { RollbackSummary } from "@clone-xs/clone";

/** What was undone, what stayed and why, and what failed. */
export function rollbackText({
  run_id,
  destination_catalog,
  status,
  dry_run,
  undone,
  left,
  errors,
}: RollbackSummary): string {
  const counted = new Map<string, number>();
  for (const { what } of undone) counted.set(what, (counted.get(what) ?? 0) + 1);
  const done = [...counted].map(([what, count]) => `${what} ${count}`).join(", ");
  const verb = dry_run ? "would be undone" : "undone";
  return [
    `${dry_run ? "Dry run of undoing" : "Undo of"} run ${run_id} in ${destination_catalog}: ${status}`,
    `  ${undone.length === 0 ? `nothing ${verb}` : `${verb}: ${done}`}`,
    ...(dry_run ? undone.map(({ object, what }) => `    ${what} ${object}`) : []),
    ...left.map(({ object, reason }) => `  left      ${object}: ${reason}`),
    ...errors.map(
      ({ object, code, message }) => `  failed    ${object}: ${message.split("\n", 1)[0]} [${code}]`,
    ),
  ].join("\n");
}
