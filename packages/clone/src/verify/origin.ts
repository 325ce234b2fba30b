import type { ObjectName, Table } from "@clone-xs/unity";
import { hasVersions } from "../decide/cloneable.ts";
import { isKnownByFiles } from "../decide/fingerprint.ts";
import type { Stamp } from "../decide/provenance.ts";
import type { InspectPorts } from "../inspect/ends.ts";
import { readFingerprints } from "../inspect/fingerprints.ts";
import { readHistories } from "../inspect/history.ts";
import { localKey } from "../inspect/inventory.ts";

/** What a copy is compared with. `stand_in`: what was cloned cannot be named, for that reason, and the source as it is stands in for it. */
export type Origin =
  | { readonly kind: "pinned"; readonly version: string | null; readonly note?: string }
  | { readonly kind: "stand_in"; readonly version: string | null; readonly reason: string };

/** What the stamp of a copy says that it was made from, as far as the source still has it; without a stamp the source as it is. */
export async function originOf(
  { source, target }: { readonly source: Table; readonly target: Table },
  stamp: Stamp | undefined,
  ports: InspectPorts,
): Promise<Origin> {
  if (stamp === undefined) {
    const note = `${target.schema}.${target.name} carries no mark of a clone of it: compared with the source as it is now`;
    return { kind: "pinned", version: await newestVersion(source, ports), note };
  }
  const reason = await lost(source, stamp, ports);
  if (reason === undefined) return { kind: "pinned", version: stamp.version };
  return { kind: "stand_in", version: await newestVersion(source, ports), reason };
}

/** The newest version of a source table; `null` when it has none, or its history cannot be read. */
export async function newestVersion(source: Table, ports: InspectPorts): Promise<string | null> {
  if (!hasVersions(source)) return null;
  return (await newestVersions([source], "source", { parallel: 1, ports })).get(localKey(source)) ?? null;
}

/** The newest versions of tables, by `localKey`, read in batches; none for a table whose history cannot be read. */
export async function newestVersions(
  tables: readonly ObjectName[],
  end: "source" | "target",
  { parallel, ports }: { readonly parallel: number; readonly ports: InspectPorts },
): Promise<ReadonlyMap<string, string>> {
  const { signal } = ports;
  const options = { limit: 1, parallel, ...(signal ? { signal } : {}) };
  const read = await readHistories(ports[end].statements, tables, options);
  return new Map(
    Object.entries(read).flatMap(([key, history]) => {
      const version = history.ok ? history.entries[0]?.version : undefined;
      return version === undefined ? [] : [[key, version] as const];
    }),
  );
}

/** Why what was cloned cannot be named any more; `undefined` when it can. */
async function lost(source: Table, stamp: Stamp, ports: InspectPorts): Promise<string | undefined> {
  if (stamp.sourceId !== null && source.tableId !== undefined && stamp.sourceId !== source.tableId)
    return "the source was made anew since it was cloned";
  if (hasVersions(source))
    return stamp.version === null ? "it is not known which version was cloned" : undefined;
  if (stamp.fingerprint === null || !isKnownByFiles(source)) return "it is not known which files were cloned";
  const options = { parallel: 1, ...(ports.signal ? { signal: ports.signal } : {}) };
  const read = (await readFingerprints(ports.source.statements, [source], options))[localKey(source)];
  return read?.ok === true && read.fingerprint === stamp.fingerprint
    ? undefined
    : "the source's files are not those that were cloned";
}
