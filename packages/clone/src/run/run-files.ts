import { createHash } from "node:crypto";
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
  /** What one target of several leaves: opened when it is worked on, closed by who opened it. */
  readonly targetFiles: (target: string) => Promise<TargetFiles>;
  close(): Promise<void>;
}

/** `targets/<name>/` in the directory of a run: one target of several has its own record. */
export interface TargetFiles {
  readonly ledger: Ledger;
  readonly documents: RunDocuments;
  /** What the ledger held when it was opened: nothing for a target that was not begun before. */
  readonly records: readonly LedgerRecord[];
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
 * run was submitted with. `summary`: how it ended. `audit`: rows that could not be written. `verification`: how its copies compare with
 * their sources.
 */
export type RunDocument = "plan" | "undo" | "rollback" | "apply" | "summary" | "audit" | "verification";

/** Opens the files of one run under the product's home directory; made when they are not there. */
export async function openRunFiles(home: string, runId: string): Promise<RunFiles> {
  const directory = runDirectory(home, runId);
  await mkdir(directory, { recursive: true });
  const ledger = await openFileLedger(ledgerFile(home, runId));
  return {
    ledger,
    journal: guardJournal(home),
    documents: documentsIn(directory),
    targetFiles: (target) => openTargetFiles(targetDirectory(directory, target)),
    close: () => ledger.close(),
  };
}

async function openTargetFiles(directory: string): Promise<TargetFiles> {
  await mkdir(directory, { recursive: true });
  const file = join(directory, LEDGER);
  const records = (await readLedger(file).catch(absent)) ?? [];
  const ledger = await openFileLedger(file);
  return { ledger, documents: documentsIn(directory), records, close: () => ledger.close() };
}

/** Names of targets may hold anything; those of directories may not. */
function targetDirectory(directory: string, target: string): string {
  const plain = encodeURIComponent(target).replaceAll(/[.*]/gu, (sign) => (sign === "." ? "%2E" : "%2A"));
  const digest = createHash("sha256").update(target).digest("hex").slice(0, 16);
  return join(
    directory,
    "targets",
    plain.length <= LONGEST_NAME ? plain : `${plain.slice(0, 100)}-${digest}`,
  );
}

/** A file name has 255 bytes at most. */
const LONGEST_NAME = 200;
const LEDGER = "ledger.ndjson";

/** What this machine remembers of guards, of all runs under that home. */
export function guardJournal(home: string): GuardJournal {
  return openFileJournal(join(home, "guards"));
}

/** What the ledger of a run holds; nothing when it has none. */
export async function recordsOf(home: string, runId: string): Promise<readonly LedgerRecord[]> {
  return (await readLedger(ledgerFile(home, runId)).catch(absent)) ?? [];
}

function ledgerFile(home: string, runId: string): string {
  return join(runDirectory(home, runId), LEDGER);
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
