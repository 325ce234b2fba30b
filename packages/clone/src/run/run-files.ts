import { access, mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { openFileJournal } from "../guards/file-journal.ts";
import type { GuardJournal } from "../guards/journal.ts";
import { openFileLedger, readLedger } from "../ledger/file-ledger.ts";
import type { Ledger, LedgerRecord } from "../ledger/ledger.ts";

/** What runs leave on the local disk: `runs/<id>/` for each, and `guards/` for all. */
export interface RunFiles {
  readonly ledger: Ledger;
  readonly journal: GuardJournal;
  readonly documents: RunDocuments;
  close(): Promise<void>;
}

/** Whole JSON documents of one run, beside its ledger. */
export interface RunDocuments {
  /** Readers see the old document or the new one. */
  write(name: RunDocument, document: unknown): Promise<void>;
  /** `undefined` when there is none. */
  read(name: RunDocument): Promise<unknown>;
}

/**
 * `plan`: what is carried out. `undo`: what the target was before. `rollback`: how it was taken back. `apply`: the plan document that the
 * run was submitted with. `summary`: how it ended. `audit`: rows that could not be written.
 */
export type RunDocument = "plan" | "undo" | "rollback" | "apply" | "summary" | "audit";

/** Opens the files of one run under the product's home directory; made when they are not there. */
export async function openRunFiles(home: string, runId: string): Promise<RunFiles> {
  const directory = runDirectory(home, runId);
  await mkdir(directory, { recursive: true });
  const ledger = await openFileLedger(ledgerFile(home, runId));
  return {
    ledger,
    journal: guardJournal(home),
    documents: documentsIn(directory),
    close: () => ledger.close(),
  };
}

/** What this machine remembers of guards, of all runs under that home. */
export function guardJournal(home: string): GuardJournal {
  return openFileJournal(join(home, "guards"));
}

/** What the ledger of a run holds; nothing when it has none. */
export async function recordsOf(home: string, runId: string): Promise<readonly LedgerRecord[]> {
  return (await readLedger(ledgerFile(home, runId)).catch(absent)) ?? [];
}

function ledgerFile(home: string, runId: string): string {
  return join(runDirectory(home, runId), "ledger.ndjson");
}

/** Where the files of a run are. */
export function runDirectory(home: string, runId: string): string {
  return join(home, "runs", runId);
}

/** Whether a run has left a document, without reading it. */
export async function hasDocument(home: string, runId: string, name: RunDocument): Promise<boolean> {
  const there = access(documentFile(runDirectory(home, runId), name)).then(() => true);
  return (await there.catch(absent)) ?? false;
}

function documentFile(directory: string, name: RunDocument): string {
  return join(directory, `${name}.json`);
}

/** The documents of a run that may be over. */
export function documentsIn(directory: string): RunDocuments {
  const fileOf = (name: RunDocument) => documentFile(directory, name);
  return {
    async write(name, document) {
      const aside = `${fileOf(name)}.part`;
      await mkdir(directory, { recursive: true });
      await writeFile(aside, `${JSON.stringify(document, null, 2)}\n`, { mode: 0o600, flush: true });
      await rename(aside, fileOf(name));
    },
    async read(name) {
      const text = await readFile(fileOf(name), "utf8").catch(absent);
      return text === undefined ? undefined : (JSON.parse(text) as unknown);
    },
  };
}

function absent(error: unknown): undefined {
  if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
  throw error;
}
