import type { SchemaName, Statement, StatementKind } from "@clone-xs/unity";
import { SqlError } from "../errors.ts";
import { tokenize } from "../lexer/index.ts";
import { parseStatement } from "../parser/index.ts";
import { EFFECT } from "../tag/index.ts";
import type { ParsedStatement } from "../tree/index.ts";

type Classification = Pick<Statement, "kind" | "effect">;

/**
 * A statement that somebody typed, with its kind and effect found out. Never throws: what the parser cannot read is left
 * for the workspace to judge and counts as a write, unless its first word can only read.
 */
export function typedStatement(text: string, namespace?: Partial<SchemaName>): Statement {
  return { text, ...classify(text), ...namespace };
}

function classify(text: string): Classification {
  try {
    return ofParsed(parseStatement(text));
  } catch (error) {
    if (error instanceof SqlError) return ofWords(text);
    throw error;
  }
}

const KINDS: Readonly<Record<ParsedStatement["kind"], StatementKind>> = {
  query: "select",
  createCatalog: "create",
  createSchema: "create",
  createTable: "create",
  createView: "create",
  createFunction: "create",
  createVolume: "create",
  clone: "clone",
  drop: "drop",
  insert: "write",
  delete: "write",
  update: "write",
  merge: "write",
  restore: "write",
  optimize: "write",
  vacuum: "write",
  truncate: "write",
  comment: "comment",
  alterTable: "alter",
  alterSecurable: "alter",
  createShare: "create",
  createRecipient: "create",
  alterShare: "alter",
  dropSharing: "drop",
  grant: "grant",
  revoke: "grant",
  describeTable: "describe",
  describeDetail: "describe",
  describeHistory: "history",
  describeSecurable: "describe",
  describeSharing: "describe",
  show: "describe",
  showSharing: "describe",
  showAllInShare: "describe",
  showRecipientGrants: "describe",
  showTableProperties: "describe",
  showCreateTable: "describe",
  showColumns: "describe",
  showGrants: "describe",
  use: "other",
};

function ofParsed(statement: ParsedStatement): Classification {
  const kind = setsTags(statement) ? "tag" : KINDS[statement.kind];
  return { kind, effect: statement.kind === "use" ? "read" : EFFECT[kind] };
}

function setsTags(statement: ParsedStatement): boolean {
  if (statement.kind !== "alterTable" && statement.kind !== "alterSecurable") return false;
  return statement.action.kind.endsWith("Tags");
}

/** By first word, where nothing that writes can begin with it. */
const FIRST_WORDS: Readonly<Record<string, StatementKind>> = {
  SELECT: "select",
  VALUES: "select",
  EXPLAIN: "describe",
  DESCRIBE: "describe",
  DESC: "describe",
  SHOW: "describe",
  LIST: "describe",
  CREATE: "create",
  ALTER: "alter",
  DROP: "drop",
  MERGE: "write",
  COPY: "write",
};

const WRITERS = new Set(["INSERT", "MERGE", "UPDATE", "DELETE"]);

function ofWords(text: string): Classification {
  const words = symbolsOf(text);
  const [first = ""] = words;
  const readsOnly = (first === "WITH" || first === "FROM") && !words.some((word) => WRITERS.has(word));
  const kind = readsOnly ? "select" : (FIRST_WORDS[first] ?? "other");
  return { kind, effect: EFFECT[kind] };
}

function symbolsOf(text: string): readonly string[] {
  try {
    return tokenize(text).map((token) => token.symbol);
  } catch (error) {
    if (error instanceof SqlError) return [];
    throw error;
  }
}
