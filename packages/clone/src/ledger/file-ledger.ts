import { type FileHandle, open, readFile } from "node:fs/promises";
import type { Ledger, LedgerRecord } from "./ledger.ts";

/**
 * A ledger in a file, one JSON document a line, made when it is not there. Records that arrive while the disk is being synced
 * share the next sync, so that many steps at once cost few of them. After a failed write every later append fails as well:
 * what stands on the disk is then not known.
 */
export async function openFileLedger(path: string): Promise<Ledger> {
  const file = await open(path, "a+", 0o600);
  await endTornLine(file);
  let pending: Pending[] = [];
  let flushing: Promise<void> | undefined;
  let broken: { readonly reason: unknown } | undefined;

  const flush = async (): Promise<void> => {
    while (pending.length > 0) {
      const batch = pending;
      pending = [];
      broken ??= await failureOf(() => writeDurably(file, batch));
      for (const { resolve, reject } of batch) {
        if (broken) reject(broken.reason);
        else resolve();
      }
    }
    flushing = undefined;
  };

  return {
    append: (record) =>
      new Promise((resolve, reject) => {
        pending.push({ line: `${JSON.stringify(record)}\n`, resolve, reject });
        flushing ??= Promise.resolve().then(flush);
      }),
    close: async () => {
      await flushing;
      await file.close();
    },
  };
}

/** Reads a ledger's records. A last line that a crash cut short, and any line that is no JSON object, is left out. */
export async function readLedger(path: string): Promise<readonly LedgerRecord[]> {
  const text = await readFile(path, "utf8");
  return text.split("\n").flatMap(parseLine);
}

interface Pending {
  readonly line: string;
  readonly resolve: () => void;
  readonly reject: (reason: unknown) => void;
}

async function writeDurably(file: FileHandle, batch: readonly Pending[]): Promise<void> {
  await file.writeFile(batch.map(({ line }) => line).join(""));
  await file.datasync();
}

async function failureOf(write: () => Promise<void>): Promise<{ readonly reason: unknown } | undefined> {
  try {
    await write();
    return undefined;
  } catch (reason) {
    return { reason };
  }
}

/** A line that a crash cut short must not swallow the next record. */
async function endTornLine(file: FileHandle): Promise<void> {
  const { size } = await file.stat();
  if (size === 0) return;
  const { buffer } = await file.read(Buffer.alloc(1), 0, 1, size - 1);
  if (buffer.toString() !== "\n") await file.writeFile("\n");
}

function parseLine(line: string): readonly LedgerRecord[] {
  try {
    const value: unknown = JSON.parse(line);
    return isRecord(value) ? [value] : [];
  } catch {
    return [];
  }
}

function isRecord(value: unknown): value is LedgerRecord {
  return typeof value === "object" && value !== null && "type" in value && "at" in value;
}
