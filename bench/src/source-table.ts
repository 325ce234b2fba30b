import { createHash } from "node:crypto";
import { mkdir, open, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** A Delta table of files whose bytes do not matter to a clone: it copies files, it does not read them. */
export async function writeSourceTable(
  root: string,
  { files, bytes }: { readonly files: number; readonly bytes: number },
): Promise<void> {
  await mkdir(join(root, "_delta_log"), { recursive: true });
  const names = Array.from(
    { length: files },
    (_, index) => `part-${String(index).padStart(5, "0")}-c000.snappy.parquet`,
  );
  for (const name of names) await writeNoise(join(root, name), bytes);
  const actions = [
    { commitInfo: { timestamp: 0, operation: "WRITE", operationParameters: {} } },
    { protocol: { minReaderVersion: 1, minWriterVersion: 2 } },
    {
      metaData: {
        id: "5b9a2ab6-0f37-4f0c-b0b8-000000000001",
        format: { provider: "parquet", options: {} },
        schemaString: JSON.stringify({
          type: "struct",
          fields: [{ name: "id", type: "long", nullable: true, metadata: {} }],
        }),
        partitionColumns: [],
        configuration: {},
        createdTime: 0,
      },
    },
    ...names.map((path) => ({
      add: { path, partitionValues: {}, size: bytes, modificationTime: 0, dataChange: true },
    })),
  ];
  await writeFile(
    join(root, "_delta_log", "00000000000000000000.json"),
    `${actions.map((action) => JSON.stringify(action)).join("\n")}\n`,
  );
}

/** Bytes that no file system compresses or shares, the same every time. */
async function writeNoise(path: string, bytes: number): Promise<void> {
  const block = Buffer.alloc(Math.min(bytes, 1 << 20));
  const seed = createHash("sha256").update(path).digest();
  for (let at = 0; at < block.length; at += 1)
    block[at] = (seed[at % 32] ?? 0) ^ (((at * 2654435761) >>> 13) % 256);
  const file = await open(path, "w");
  try {
    for (let written = 0; written < bytes; written += block.length)
      await file.write(block, 0, Math.min(block.length, bytes - written));
  } finally {
    await file.close();
  }
}
