import type { GuardJournal, GuardRecord, RunDocuments } from "@clone-xs/clone";

/** What a disk would keep of guards, in memory. */
export function memoryJournal(): GuardJournal {
  const records = new Map<string, GuardRecord>();
  return {
    put: async (record) => void records.set(record.id, structuredClone(record)),
    drop: async (id) => void records.delete(id),
    open: async () => [...records.values()],
  };
}

/** What a disk would keep of a run's documents, in memory. */
export function memoryDocuments(): RunDocuments {
  const documents = new Map<string, unknown>();
  return {
    write: async (name, document) => void documents.set(name, structuredClone(document)),
    read: async (name) => documents.get(name),
  };
}
