import type { Submitted } from "@clone-xs/server/contract";
import { type Draft, emptyDraft } from "./draft.ts";

const KEY = "clxs.draft";

/** Keeps the draft for as long as the browser's tab is open, so that a reload loses nothing. Nothing in a draft is secret. */
export function keepDraft(draft: Draft): void {
  storage()?.setItem(KEY, JSON.stringify(draft));
}

/** What was kept, or the empty draft. */
export function keptDraft(): Draft {
  return readDraft(storage()?.getItem(KEY) ?? null);
}

const SUBMITTED = "clxs.submitted";
type Submission = Pick<Submitted, "job_id" | "message">;

/** Keeps what the server said when it took the last run, so that a reload does not lose it. */
export function keepSubmission({ job_id, message }: Submission): void {
  storage()?.setItem(SUBMITTED, JSON.stringify({ job_id, message }));
}

/** What was kept of the last run; `undefined` when there is none. */
export function keptSubmission(): Submission | undefined {
  const { job_id, message } = parsed(storage()?.getItem(SUBMITTED) ?? null);
  return typeof job_id === "string" && typeof message === "string" ? { job_id, message } : undefined;
}

/** The draft that a text holds; a key whose value is not of the kind it has in a draft is as in the empty one. */
export function readDraft(text: string | null): Draft {
  const kept = parsed(text);
  const usable = Object.entries(emptyDraft).filter(([key, value]) => alike(kept[key], value));
  return { ...emptyDraft, ...Object.fromEntries(usable.map(([key]) => [key, kept[key]])) };
}

function parsed(text: string | null): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text ?? "{}");
    return typeof value === "object" && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}

function alike(kept: unknown, known: unknown): boolean {
  return typeof kept === typeof known && Array.isArray(kept) === Array.isArray(known) && kept !== null;
}

/** A browser may forbid storage altogether; then a reload starts anew. */
function storage(): Storage | undefined {
  try {
    return globalThis.sessionStorage;
  } catch {
    return undefined;
  }
}
