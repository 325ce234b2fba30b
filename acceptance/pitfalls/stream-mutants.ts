import type { Mutant } from "./mutant.ts";

const STREAMS = "packages/clone/test/streams.full.test.ts";
const STATEMENTS = "packages/clone/src/streams/table-program.ts";

/** Mistakes in keeping copies in sync. */
export const streamMutants: readonly Mutant[] = [
  {
    pitfall: 14,
    mistake: "of several changes of a key the first is merged",
    file: STATEMENTS,
    right: "ORDER BY _commit_version DESC, CASE",
    wrong: "ORDER BY _commit_version, CASE",
    killedBy: {
      file: STREAMS,
      test: "pitfall 14: the last change of each key, and nothing that came after the version it is for",
    },
  },
  {
    pitfall: 14,
    mistake: "changes are read without an end",
    file: STATEMENTS,
    right: 'table_changes(${lit(source.text)}, ${hole("from")}, ${hole("to")})',
    wrong: 'table_changes(${lit(source.text)}, ${hole("from")})',
    killedBy: {
      file: STREAMS,
      test: "pitfall 14: the last change of each key, and nothing that came after the version it is for",
    },
  },
  {
    pitfall: 14,
    mistake: "the position is written before the rows",
    file: "packages/clone/src/streams/sync-table.ts",
    right: `  await send(merge, "write", { ...range, ...columnLists(columns) });
  await keep(table, to, send);`,
    wrong: `  await keep(table, to, send);
  await send(merge, "write", { ...range, ...columnLists(columns) });`,
    killedBy: {
      file: STREAMS,
      test: "pitfall 14: rows that could not be merged are merged by the next tick",
    },
  },
  {
    pitfall: 15,
    mistake: "what was deleted from the source stays in the copy",
    file: STATEMENTS,
    right: "WHEN MATCHED AND s._change_type NOT IN ${PRESENT} THEN DELETE WHEN MATCHED THEN UPDATE",
    wrong: "WHEN MATCHED AND s._change_type IN ${PRESENT} THEN UPDATE",
    killedBy: { file: STREAMS, test: "pitfall 15: updates and deletes, and a key that became another" },
  },
  {
    pitfall: 19,
    mistake: "starting a stream that runs begins another run",
    file: "packages/clone/src/streams/start-stream.ts",
    right: "if (newest !== undefined && !isOver(newest))",
    wrong: "if (newest !== undefined && isOver(newest))",
    killedBy: { file: STREAMS, test: "pitfall 19: starting it twice finds the first run" },
  },
];
