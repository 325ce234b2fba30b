import { discoverStreams, refreshStream, type StreamPorts, type StreamRecord } from "@clone-xs/clone";
import type { StreamStore } from "./store.ts";

/** What was seen of streams, and what was done to them, each in its order in the store. */
export interface Sightings {
  /** Does something to a stream and keeps what came of it. */
  change(work: (ports: StreamPorts) => Promise<StreamRecord>): Promise<StreamRecord>;
  /** All that the workspace's runs tell, and what became of those that they do not tell of any more. */
  look(): Promise<readonly StreamRecord[]>;
  /** The same streams as they are now, with how far each copy is. */
  refresh(records: readonly StreamRecord[]): Promise<readonly StreamRecord[]>;
}

/** `onProgress` is told whenever somebody looked at how far copies are. */
export function sightings(
  portsOf: () => Promise<StreamPorts>,
  store: StreamStore,
  onProgress: (records: readonly StreamRecord[]) => void,
): Sightings {
  /** Begun and ended changes: what a look saw before one counts for less than what came of it. */
  let changes = 0;
  const keep = (seen: readonly StreamRecord[], since: number) => {
    if (since === changes) store.put(seen);
  };
  return {
    async change(work) {
      changes++;
      try {
        const record = withProgress(await work(await portsOf()), store);
        store.put([record]);
        return record;
      } finally {
        changes++;
      }
    },
    async look() {
      const [ports, since] = [await portsOf(), changes];
      const found = (await discoverStreams(ports)).map((record) => withProgress(record, store));
      const known = new Set(found.map(({ stream_id }) => stream_id));
      const lost = store.list().filter(({ stream_id, status }) => !known.has(stream_id) && isActive(status));
      const gone = await Promise.all(lost.map((record) => refreshStream(record, ports)));
      keep([...found, ...gone], since);
      return found;
    },
    async refresh(records) {
      const [ports, since] = [await portsOf(), changes];
      const fresh = await Promise.all(records.map((record) => refreshStream(record, ports)));
      keep(fresh, since);
      onProgress(fresh);
      return fresh;
    },
  };
}

function isActive(status: StreamRecord["status"]): boolean {
  return status === "starting" || status === "running" || status === "stopping";
}

/** Of a record that was found again: how far its copies were when they were looked at last. */
function withProgress(record: StreamRecord, store: StreamStore): StreamRecord {
  return { ...record, progress: store.get(record.stream_id)?.progress ?? record.progress };
}
