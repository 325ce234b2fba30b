import { createReadStream } from "node:fs";
import { LakehouseError } from "../../errors.ts";

/** A file or directory of an archive. Paths are relative, with `/`. */
export interface TarEntry {
  readonly path: string;
  readonly isDirectory: boolean;
  readonly size: number;
  /** Of a regular file, to be read before the next entry is asked for. */
  readonly content: AsyncIterable<Uint8Array>;
}

const BLOCK = 512;

/** Writes a POSIX archive (pax: paths of any length and letters, files of any size), so that any `tar` can read it. */
export async function* tarOf(
  entries: AsyncIterable<Pick<TarEntry, "path" | "isDirectory" | "size"> & { readonly onDisk: string }>,
): AsyncGenerator<Uint8Array> {
  for await (const { path, isDirectory, size, onDisk } of entries) {
    const records = Buffer.from(paxRecord("path", path) + paxRecord("size", String(size)));
    yield header({ name: "pax", size: records.length, type: "x" });
    yield padded(records);
    yield header({ name: "entry", size, type: isDirectory ? "5" : "0" });
    if (isDirectory) continue;
    let left = size;
    for await (const piece of createReadStream(onDisk) as AsyncIterable<Buffer>) {
      left -= piece.length;
      yield piece;
    }
    if (left !== 0) throw new LakehouseError("SNAPSHOT_FAILED", `${path} changed while it was read`);
    yield Buffer.alloc((BLOCK - (size % BLOCK)) % BLOCK);
  }
  yield Buffer.alloc(2 * BLOCK);
}

/** A record counts its own length, the digits of that length too. */
function paxRecord(key: string, value: string): string {
  const rest = ` ${key}=${value}\n`;
  const bytes = Buffer.byteLength(rest);
  let length = bytes + String(bytes).length;
  if (bytes + String(length).length > length) length++;
  return `${length}${rest}`;
}

function header({
  name,
  size,
  type,
}: {
  readonly name: string;
  readonly size: number;
  readonly type: string;
}): Buffer {
  const block = Buffer.alloc(BLOCK);
  const octal = (value: number, at: number, length: number) =>
    block.write(
      `${value
        .toString(8)
        .slice(-(length - 1))
        .padStart(length - 1, "0")}\0`,
      at,
    );
  block.write(name, 0);
  octal(type === "5" ? 0o700 : 0o600, 100, 8);
  octal(0, 108, 8);
  octal(0, 116, 8);
  octal(size, 124, 12);
  octal(0, 136, 12);
  block.write(" ".repeat(8), 148);
  block.write(type, 156);
  block.write("ustar\x0000", 257);
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148);
  return block;
}

function padded(bytes: Buffer): Buffer {
  return Buffer.concat([bytes, Buffer.alloc((BLOCK - (bytes.length % BLOCK)) % BLOCK)]);
}

/** Reads what {@link tarOf} wrote. Throws SNAPSHOT_INVALID for anything else, also for an archive that ends early. */
export async function* untar(archive: AsyncIterable<Uint8Array>): AsyncGenerator<TarEntry> {
  const bytes = readerOf(archive);
  for (;;) {
    const pax = await bytes.exactly(BLOCK);
    if (pax.every((byte) => byte === 0)) return;
    const records = await paxRecords(bytes, pax);
    const block = await bytes.exactly(BLOCK);
    const [path, size] = [records.get("path"), Number(records.get("size"))];
    if (path === undefined || !Number.isSafeInteger(size) || size < 0) throw invalid();
    const isDirectory = String.fromCharCode(block[156] ?? 0) === "5";
    let left = isDirectory ? 0 : size;
    async function* content(): AsyncGenerator<Uint8Array> {
      while (left > 0) {
        const piece = await bytes.some(left);
        left -= piece.length;
        yield piece;
      }
    }
    const pieces = content();
    yield { path, isDirectory, size, content: pieces };
    // What the caller left unread stands before the next entry.
    for await (const _ of pieces);
    if (!isDirectory) await bytes.exactly((BLOCK - (size % BLOCK)) % BLOCK);
  }
}

async function paxRecords(bytes: ByteReader, block: Uint8Array): Promise<ReadonlyMap<string, string>> {
  const text = Buffer.from(block);
  const size = Number.parseInt(text.toString("latin1", 124, 135), 8);
  if (text.toString("latin1", 156, 157) !== "x" || !(size >= 0 && size < 1 << 20)) throw invalid();
  const records = await bytes.exactly(size);
  await bytes.exactly((BLOCK - (size % BLOCK)) % BLOCK);
  const pairs = Buffer.from(records)
    .toString()
    .matchAll(/(\d+) (path|size)=([^\n]*)\n/gu);
  return new Map([...pairs].map(([, , key = "", value = ""]) => [key, value]));
}

interface ByteReader {
  /** Throws when there are fewer. */
  exactly(count: number): Promise<Uint8Array>;
  /** At least one byte and at most `limit`. */
  some(limit: number): Promise<Uint8Array>;
}

function readerOf(archive: AsyncIterable<Uint8Array>): ByteReader {
  const pieces = archive[Symbol.asyncIterator]();
  let rest: Uint8Array = new Uint8Array();
  const some = async (limit: number): Promise<Uint8Array> => {
    while (rest.length === 0) {
      const next = await pieces.next();
      if (next.done === true) throw invalid();
      rest = next.value;
    }
    const piece = rest.subarray(0, limit);
    rest = rest.subarray(piece.length);
    return piece;
  };
  return {
    some,
    async exactly(count) {
      const parts: Uint8Array[] = [];
      for (let left = count; left > 0; ) {
        const piece = await some(left);
        left -= piece.length;
        parts.push(piece);
      }
      return Buffer.concat(parts);
    },
  };
}

function invalid(): LakehouseError {
  return new LakehouseError(
    "SNAPSHOT_INVALID",
    "This is no snapshot of a workspace, or a part of it is missing",
  );
}
