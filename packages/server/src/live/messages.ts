import type { RunMessage } from "../contract/index.ts";
import type { RunEntry, RunStore } from "../runs/store.ts";
import { isOver } from "../runs/states.ts";
import { toListItem } from "../views.ts";
import type { Batch, Position } from "./channel.ts";

/** Events of the store sent in one go; between two of them a slow reader is waited for. */
const BATCH = 200;

/** What follows a position in the life of one run; see `RunMessage` for what is promised. */
export function messagesOfRun(store: RunStore, id: string): (from: Position) => Batch | undefined {
  return (from) => {
    // Before its events: of a run that is over when it is read here, every event is in the store.
    const run = store.entry(id);
    if (run === undefined) return { to: from, bytes: Buffer.alloc(0), last: true };
    const events = store.bodiesAfter(id, from.seq, BATCH);
    const texts = events.map(({ seq, body }) => `id: ${seq}\nevent: event\ndata: ${body}\n\n`);
    const seq = events.at(-1)?.seq ?? from.seq;
    if (events.length === BATCH)
      return { to: { ...from, seq }, bytes: Buffer.from(texts.join("")), last: false };
    if (run.revision !== from.revision) texts.push(stateText(run));
    const last = isOver(run.state);
    if (last) texts.push(text({ event: "end", data: { status: run.state } }));
    if (texts.length === 0) return undefined;
    return { to: { seq, revision: run.revision }, bytes: Buffer.from(texts.join("")), last };
  };
}

/** What follows a position in the life of all runs: the newest state of each that changed. */
export function messagesOfAllRuns(store: RunStore): (from: Position) => Batch | undefined {
  return (from) => {
    const runs = store.changedSince(from.revision, BATCH);
    const revision = runs.at(-1)?.revision;
    if (revision === undefined) return undefined;
    return { to: { ...from, revision }, bytes: Buffer.from(runs.map(stateText).join("")), last: false };
  };
}

function stateText(run: RunEntry): string {
  return text({ event: "run", data: toListItem(run) });
}

function text({ event, data }: Exclude<RunMessage, { event: "event" }>): string {
  return `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
}
