import { fullName, type Files, type ObjectName, WorkspaceError } from "@clone-xs/unity";
import { MANIFEST_DIRECTORY, volumeRoot } from "./tree.ts";

/** What is known of one file of a copy. `begun`: about to be written by us; it is ours whether it is there or not. */
export type FileRecord =
  | { readonly state: "begun" }
  | {
      readonly state: "copied";
      readonly size: number;
      /** Of the source, when it was listed before the copy. */
      readonly modifiedAt: number;
      /** Of the copy. */
      readonly copiedAt: number;
      /** 64 hexadecimal digits, of the bytes that were copied. */
      readonly sha256: string;
    };

/** By path relative to the volume. */
export type Records = ReadonlyMap<string, FileRecord>;

/** A change to the records; `forgotten`: neither end has the file any more. */
export type RecordChange = readonly [path: string, record: FileRecord | { readonly state: "forgotten" }];

/**
 * What a volume that is a copy knows of its files, kept in the volume itself so that any machine can go on: `all.ndjson`, and
 * `part-<n>.ndjson` with what was added since, each file one JSON document a line under a heading that names both volumes. Records
 * under another heading are not of this copy: the directory was copied with something else.
 */
export interface Manifest {
  readonly records: Records;
  /** Adds a part; readers see it whole or not at all. */
  append(changes: readonly RecordChange[]): Promise<void>;
  /** Writes all records as one file, in the place of the parts. */
  compact(): Promise<void>;
}

export async function openManifest(files: Files, source: ObjectName, target: ObjectName): Promise<Manifest> {
  const directory = `${volumeRoot(target)}/${MANIFEST_DIRECTORY}`;
  const heading = { v: 1, source: fullName(source).toLowerCase(), target: fullName(target).toLowerCase() };
  const { names, records } = await readParts(files, directory, heading);
  let next = 1 + Math.max(0, ...names.map(numberOf));
  const parts = names.filter((name) => name !== ALL);
  return {
    records,
    async append(changes) {
      if (changes.length === 0) return;
      const name = partName(next);
      next += 1;
      await write(files, `${directory}/${name}`, [heading, ...changes.map(lineOf)]);
      parts.push(name);
      apply(records, changes);
    },
    async compact() {
      if (parts.length === 0) return;
      await write(files, `${directory}/${ALL}`, [heading, ...[...records].map(lineOf)]);
      // Read again after a kill between these, the parts tell nothing that the whole does not.
      for (const name of parts.splice(0)) await files.remove(`${directory}/${name}`);
    },
  };
}

const ALL = "all.ndjson";

function partName(number: number): string {
  return `part-${String(number).padStart(8, "0")}.ndjson`;
}

function numberOf(name: string): number {
  return Number(/^part-(\d+)\.ndjson$/u.exec(name)?.[1] ?? 0);
}

type Heading = Readonly<Record<"source" | "target", string>> & { readonly v: number };

async function readParts(files: Files, directory: string, heading: Heading) {
  const listed = (await files.list(directory)) ?? [];
  const names = listed
    .map(({ path }) => path.slice(path.lastIndexOf("/") + 1))
    .filter((name) => name === ALL || numberOf(name) > 0)
    .sort((a, b) => numberOf(a) - numberOf(b));
  const records = new Map<string, FileRecord>();
  for (const name of names) {
    const [first, ...lines] = await readLines(files, `${directory}/${name}`);
    if (isSameHeading(first, heading)) apply(records, lines.flatMap(changeOf));
  }
  return { names, records };
}

function apply(records: Map<string, FileRecord>, changes: readonly RecordChange[]): void {
  for (const [path, record] of changes) {
    if (record.state === "forgotten") records.delete(path);
    else records.set(path, record);
  }
}

/** Lines that are no JSON object are left out: nobody but us writes here, and what is not known is copied again. */
async function readLines(files: Files, path: string): Promise<readonly Line[]> {
  const pieces: Uint8Array[] = [];
  try {
    for await (const piece of files.read(path)) pieces.push(piece);
  } catch (error) {
    if (error instanceof WorkspaceError && error.code === "NOT_FOUND") return [];
    throw error;
  }
  const text = Buffer.concat(pieces).toString("utf8");
  return text.split("\n").flatMap(parseLine);
}

type Line = Readonly<Record<string, unknown>>;

function parseLine(text: string): readonly Line[] {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? [value as Line] : [];
  } catch {
    return [];
  }
}

function isSameHeading(line: Line | undefined, { v, source, target }: Heading): boolean {
  return line?.["v"] === v && line["source"] === source && line["target"] === target;
}

function lineOf([path, record]: RecordChange): Line {
  return { path, ...record };
}

function changeOf(line: Line): readonly RecordChange[] {
  const { path, state, size, modifiedAt, copiedAt, sha256 } = line;
  if (typeof path !== "string") return [];
  if (state === "begun" || state === "forgotten") return [[path, { state }]];
  if (typeof size !== "number" || typeof modifiedAt !== "number") return [];
  if (typeof copiedAt !== "number" || typeof sha256 !== "string") return [];
  return [[path, { state: "copied", size, modifiedAt, copiedAt, sha256 }]];
}

/** Lines are joined by the thousand, so that a volume of a million files needs no text of a million lines at once. */
async function write(files: Files, path: string, lines: readonly Line[]): Promise<void> {
  await files.write(path, linesOf(lines), { overwrite: true });
}

async function* linesOf(lines: readonly Line[]): AsyncGenerator<Uint8Array> {
  for (let from = 0; from < lines.length; from += 1000) {
    const text = lines.slice(from, from + 1000).map((line) => `${JSON.stringify(line)}\n`);
    yield Buffer.from(text.join(""), "utf8");
  }
}
