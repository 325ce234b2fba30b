import type { Mutant } from "./mutant.ts";

/** Mistakes in what surrounds the engine: SQL text, the connection, the Delta log, the embedded workspace, the service. */
export const surfaceMutants: readonly Mutant[] = [
  {
    pitfall: 3,
    mistake: "only the first chunk of a result is read",
    file: "packages/databricks/src/client/statements/result.ts",
    right: "if (next === undefined) break;",
    wrong: "if (next === undefined || read === 1) return rows;",
    killedBy: {
      file: "packages/databricks/src/client/statements/execute.full.test.ts",
      test: "pitfall 3: reads every chunk, by link or by index, and keeps NULL apart from the empty text",
    },
  },
  {
    pitfall: 3,
    mistake: "nobody counts the rows that came",
    file: "packages/databricks/src/client/statements/result.ts",
    right: "if (total !== undefined && total !== rows.length)",
    wrong: "if (total !== undefined && total < 0)",
    killedBy: {
      file: "packages/databricks/src/client/statements/execute.full.test.ts",
      test: "pitfall 3: refuses a result with fewer rows than announced",
    },
  },
  {
    pitfall: 7,
    mistake: "a filtered copy is one of the newest version",
    file: "packages/sql/src/builders/create-table.ts",
    right: "request.asOf && asOfClause(request.asOf),",
    wrong: "",
    killedBy: {
      file: "packages/sql/src/builders/create-table.test.ts",
      test: "pitfall 7: keeps the version, and the condition whole",
    },
  },
  {
    pitfall: 14,
    mistake: "a change feed has no upper bound",
    file: "packages/delta/src/changes/changes.ts",
    right: "clock.versions.filter((v) => v >= first && v <= last)",
    wrong: "clock.versions.filter((v) => v >= first)",
    killedBy: {
      file: "packages/delta/src/changes/changes.test.ts",
      test: "pitfall 14: what is committed after the last version that was asked for is not in the feed",
    },
  },
  {
    pitfall: 14,
    mistake: "of several changes to one row any is merged",
    file: "packages/lakehouse/src/dml/rewrite.ts",
    right: "  if (!mayRepeat)\n    throw failure(",
    wrong: "  if (!mayRepeat && rows.length < 0)\n    throw failure(",
    killedBy: {
      file: "packages/lakehouse/src/dml/merge.full.test.ts",
      test: "pitfall 14: refuses a row that two rows of the source would change, unless it is only deleted",
    },
  },
  {
    pitfall: 15,
    mistake: "a change feed tells what came and not what went",
    file: "packages/delta/src/changes/changes.ts",
    right: `if (again === undefined) changes.push({ ...file, change: "delete", ...except(before) });
    else {`,
    wrong: "if (again !== undefined) {",
    killedBy: {
      file: "packages/delta/src/changes/changes.test.ts",
      test: "pitfall 15: rows that went away are in the feed like those that came",
    },
  },
  {
    pitfall: 17,
    mistake: "a cancelled run that waited begins all the same",
    file: "packages/server/src/runs/states.ts",
    right: `  queued: {
    start: "running",
    cancel: "cancelled",`,
    wrong: `  queued: {
    start: "running",
    cancel: null,`,
    killedBy: {
      file: "packages/server/src/runs/queue.test.ts",
      test: "pitfall 17: never starts a run that was cancelled while it waited",
    },
  },
  {
    pitfall: 19,
    mistake: "what waited when a process ended is forgotten",
    file: "packages/server/src/runs/queue.ts",
    right: "waiting.push(...queued.map((run) => run.id).filter((id) => !waiting.includes(id)));",
    wrong: "",
    killedBy: {
      file: "packages/server/src/runs/queue.test.ts",
      test: "pitfall 19: after a crash ends what ran as failed, and takes up what waited",
    },
  },
  {
    pitfall: 20,
    mistake: "names are put between backticks as they are",
    file: "packages/sql/src/tag/quote.ts",
    right: 'name.replaceAll("`", "``")',
    wrong: "name",
    killedBy: {
      file: "packages/sql/src/builders/hostile.test.ts",
      test: "pitfall 20: no name and no text gets out of its quotes",
    },
  },
  {
    pitfall: 20,
    mistake: "texts are put between quotes as they are",
    file: "packages/sql/src/tag/quote.ts",
    right: "value.replace(NEEDS_ESCAPE, escaped)",
    wrong: "value",
    killedBy: {
      file: "packages/sql/src/builders/hostile.test.ts",
      test: "pitfall 20: no name and no text gets out of its quotes",
    },
  },
  {
    pitfall: 21,
    mistake: "views are rewritten by replacing text",
    file: "packages/sql/src/rewrite/rewrite.ts",
    right: "return applyEdits(text, edits);",
    wrong: `return edits.reduce(
    (changed, { start, end, replacement }) => changed.replaceAll(text.slice(start, end), replacement),
    text,
  );`,
    killedBy: {
      file: "packages/sql/src/rewrite/rewrite.test.ts",
      test: "pitfall 21: the same letters elsewhere stay: another catalog, aliases, strings, comments, paths",
    },
  },
  {
    pitfall: 25,
    mistake: "a listing that one user made is shown to all",
    file: "packages/lakehouse/src/workspace/catalog/unity-reads.ts",
    right: "describeTables(reader(), visibleTables(reader(), { catalog, schema }));",
    wrong:
      "describeTables(reader(), (((globalThis as any).listed ??= {})[`${catalog}.${schema}`] ??= visibleTables(reader(), { catalog, schema })));",
    killedBy: {
      file: "packages/lakehouse/src/workspace/catalog/table-shapes.full.test.ts",
      test: "pitfall 25: what one user's listing left in memory shows nothing to another",
    },
  },
  {
    pitfall: 26,
    mistake: "the API answers without a token",
    file: "packages/server/src/access/access.ts",
    right: 'const usual = isAlone(ground) ? "none" : "token";',
    wrong: 'const usual = "none";',
    killedBy: {
      file: "packages/server/src/access/access.test.ts",
      test: "pitfall 26: whether callers need a token",
    },
  },
  {
    pitfall: 26,
    mistake: "messages go into audit rows with the secrets that they quote",
    file: "packages/clone/src/audit/secrets.ts",
    right: "clean.replace(pattern, replacement)",
    wrong: "clean",
    killedBy: {
      file: "packages/clone/src/audit/secrets.test.ts",
      test: "pitfall 26: no secret reaches an audit row",
    },
  },
  {
    pitfall: 26,
    mistake: "a link in a volume leads to any file of the machine",
    file: "packages/lakehouse/src/workspace/files/place.ts",
    right: "if (passesLink(root, onDisk)) throw missingFile(path);",
    wrong: "",
    killedBy: {
      file: "packages/lakehouse/src/http/files.full.test.ts",
      test: "pitfall 26: no path leads out of a volume:",
    },
  },
  {
    pitfall: 27,
    mistake: "keys that nobody knows are dropped",
    file: "packages/clone/src/request/wire.ts",
    right: "export const cloneRequestSchema = z.strictObject({",
    wrong: "export const cloneRequestSchema = z.object({",
    killedBy: {
      file: "packages/clone/src/request/parse.test.ts",
      test: "pitfall 27: names the unknown key ",
    },
  },
  {
    pitfall: 28,
    mistake: "the log of a run has the lines of all",
    file: "packages/server/src/runs/store.ts",
    right: "AS line FROM events WHERE run_id = ? AND type = 'log' ORDER BY seq",
    wrong: "AS line FROM events WHERE ? IS NOT NULL AND type = 'log' ORDER BY seq",
    killedBy: {
      file: "packages/server/src/runs/store.test.ts",
      test: "pitfall 28: keeps log lines apart by run, in order, and without colours",
    },
  },
  {
    pitfall: 28,
    mistake: "colours stay in the lines that scripts search",
    file: "packages/server/src/runs/rows.ts",
    right: `line: event.line.replace(COLOUR, "")`,
    wrong: "line: event.line",
    killedBy: {
      file: "packages/server/src/runs/store.test.ts",
      test: "pitfall 28: keeps log lines apart by run, in order, and without colours",
    },
  },
  {
    pitfall: 29,
    mistake: "a statement is asked after every two seconds",
    file: "packages/databricks/src/client/statements/execute.ts",
    right: "delay = Math.min(5000, Math.max(250, passed / 2));",
    wrong: "delay = 2000;",
    killedBy: {
      file: "packages/databricks/src/client/statements/execute.test.ts",
      test: "pitfall 29: polls the service ever more slowly, every five seconds in the end",
    },
  },
];
