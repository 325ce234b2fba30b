import { rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { CheckpointCodec } from "@clone-xs/delta";
import type { Engine } from "../engine/engine.ts";
import { checkpointColumns } from "./checkpoint-columns.ts";
import { actionColumns } from "./checkpoint-statistics.ts";
import { jsonOfRow, schemaTree } from "./parquet-json.ts";

export interface CheckpointCodecOptions {
  readonly engine: Engine;
  /** Where actions are staged before they are written as parquet; the engine must be allowed to read it. */
  readonly tempDirectory: string;
  readonly uuid: () => string;
}

/** A statement may hold an engine slot while it reads a table's log: taking a second one could wait for ever. */
const UPKEEP = { lane: "upkeep" } as const;

/** Checkpoints through DuckDB: the JSON text of each action is made by the query itself, so that no digit passes a double. */
export function checkpointCodec({ engine, tempDirectory, uuid }: CheckpointCodecOptions): CheckpointCodec {
  return {
    read: (path) =>
      engine.session(async ({ query }) => {
        const file = `read_parquet(${literal(path)})`;
        const schema = await query(
          `SELECT name, num_children, coalesce(converted_type, ''), type, logical_type FROM parquet_schema(${literal(path)})`,
        );
        const columns = await actionColumns(schemaTree(schema.rows), async () => {
          const bare = await query(
            `SELECT 1 FROM ${file} WHERE "add".stats IS NULL AND "add".stats_parsed IS NOT NULL LIMIT 1`,
          );
          return bare.rows.length > 0;
        });
        if (columns.length === 0) return [];
        const { rows } = await query(
          `SELECT action FROM (SELECT ${jsonOfRow("row", columns)} AS action FROM ${file} AS row) WHERE action IS NOT NULL`,
        );
        return rows.flatMap(([text]) => (typeof text === "string" ? [text] : []));
      }, UPKEEP),

    async write(path, actions, kinds) {
      const staged = join(tempDirectory, `checkpoint-${uuid()}.json`);
      try {
        await writeFile(staged, `${actions.join("\n")}\n`);
        await engine.query(
          `COPY (SELECT * FROM read_ndjson(${literal(staged)}, columns = ${checkpointColumns(kinds)}, maximum_object_size = ${objectSize(actions)}))
           TO ${literal(path)} (FORMAT parquet, COMPRESSION snappy)`,
          UPKEEP,
        );
        return { sizeInBytes: (await stat(path)).size };
      } finally {
        await rm(staged, { force: true });
      }
    },
  };
}

/** The reader reserves twice this much per thread: as much as the longest line needs, a mebibyte at least. */
function objectSize(actions: readonly string[]): number {
  const longest = actions.reduce((most, action) => Math.max(most, action.length), 0);
  // UTF-8 takes at most three bytes for one unit of UTF-16.
  return Math.max(1 << 20, 3 * longest + 16);
}

function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
