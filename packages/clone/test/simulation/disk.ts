import type { GuardRecord, LedgerRecord, RunPorts } from "@clone-xs/clone";
import type { Process } from "./scheduler.ts";

/** What a machine keeps on its disk: it outlives the processes that write to it. */
export interface Disk {
  readonly records: LedgerRecord[];
  readonly guards: Map<string, GuardRecord>;
  readonly documents: Map<string, unknown>;
  /** Records of their own of the targets of a fan-out, by name. */
  readonly targets: Map<string, Disk>;
}

export function emptyDisk(): Disk {
  return { records: [], guards: new Map(), documents: new Map(), targets: new Map() };
}

/** The next run on the same machine: guards are remembered by all runs, records and documents by their own. */
export function nextRun({ guards }: Disk): Disk {
  return { ...emptyDisk(), guards };
}

export type DiskPorts = Required<Pick<RunPorts, "ledger" | "journal" | "documents" | "targetFiles">>;

/** The files of a run, each write a turn of its own; the process dies with write number `killAt`, before or after it is on the disk. */
export function mortalDisk(disk: Disk, process: Process, killAt: number, random: () => number): DiskPorts {
  let writes = 0;
  const write = (effect: () => void): Promise<void> =>
    process.turn(async () => {
      writes += 1;
      if (writes === killAt) {
        if (random() < 0.5) effect();
        process.kill();
      }
      effect();
    });
  const filesOf = ({ records, documents }: Disk): Pick<DiskPorts, "ledger" | "documents"> => ({
    ledger: {
      append: (record) => write(() => void records.push(structuredClone(record))),
      close: () => Promise.resolve(),
    },
    documents: {
      write: (name, document) => write(() => void documents.set(name, structuredClone(document))),
      read: (name) => process.turn(async () => structuredClone(documents.get(name))),
    },
  });
  return {
    ...filesOf(disk),
    targetFiles: (name) =>
      process.turn(async () => {
        const own = disk.targets.get(name) ?? emptyDisk();
        disk.targets.set(name, own);
        return { ...filesOf(own), records: structuredClone(own.records), close: () => Promise.resolve() };
      }),
    journal: {
      put: (record) => write(() => void disk.guards.set(record.id, structuredClone(record))),
      claim: (record) =>
        process.turn(async () => {
          if (disk.guards.has(record.id)) return false;
          disk.guards.set(record.id, structuredClone(record));
          return true;
        }),
      drop: (id) => write(() => void disk.guards.delete(id)),
      open: () => process.turn(async () => structuredClone([...disk.guards.values()])),
    },
  };
}

/** Every record survives a write and a read, the run comes first, and no outcome stands there without the intent before it. */
export function isReadable({ records, targets }: Disk): boolean {
  return areReadable(records) && [...targets.values()].every(isReadable);
}

function areReadable(records: Disk["records"]): boolean {
  const [first] = records;
  if (first === undefined) return true;
  const intents = new Set<string>();
  const ordered = records.every((record) => {
    if (record.type === "intent") intents.add(record.step);
    return record.type !== "outcome" || record.state !== "succeeded" || intents.has(record.step);
  });
  const text = records.map((record) => JSON.stringify(record)).join("\n");
  return first.type === "run" && ordered && text.split("\n").length === records.length;
}
