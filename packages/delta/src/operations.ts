import type {
  Action,
  AddFile,
  DomainMetadata,
  MetadataAction,
  Protocol,
  RemoveFile,
  Transaction,
} from "./actions.ts";
import type { CommitRequest, CommitResult } from "./commit/request.ts";
import { type JsonObject, parseJson, printJson } from "./json.ts";
import { demandedFeatures, splitProperties, withFeatures } from "./protocol/features.ts";
import { withEnablement } from "./protocol/in-commit-timestamps.ts";
import { isTrue } from "./protocol/properties.ts";
import { withHiddenColumns } from "./protocol/row-tracking.ts";
import { newProtocol, withVersions } from "./protocol/versions.ts";
import { printSchema } from "./schema/parse.ts";
import type { StructType } from "./schema/types.ts";
import type { LiveFile, Snapshot } from "./snapshot.ts";
import type { DeltaTable } from "./table.ts";

/**
 * What every operation may say about itself in the history; the operation's own defaults stand where a key is
 * absent.
 */
export type Provenance = Partial<
  Pick<
    CommitRequest,
    | "operation"
    | "operationParameters"
    | "operationMetrics"
    | "userId"
    | "userName"
    | "userMetadata"
    | "commitInfo"
  >
>;

/** How a table shall look: for CREATE, REPLACE and ALTER. */
export interface TableDefinition {
  readonly schema: StructType;
  readonly partitionColumns?: readonly string[];
  /** TBLPROPERTIES as typed, `delta.feature.…` among them. */
  readonly properties?: Readonly<Record<string, string>>;
  readonly name?: string;
  readonly description?: string;
  /** `delta.clustering` and the like. */
  readonly domains?: readonly DomainMetadata[];
}

/**
 * Creates version 0, with in-commit timestamps unless the properties say otherwise. With `files` it is CREATE
 * TABLE AS SELECT. Throws DELTA_TABLE_ALREADY_EXISTS.
 */
export async function createTable(
  table: DeltaTable,
  {
    files = [],
    isManaged = true,
    ...definition
  }: TableDefinition & Provenance & { readonly files?: readonly AddFile[]; readonly isManaged?: boolean },
): Promise<CommitResult> {
  const { environment } = table;
  const properties = { "delta.enableInCommitTimestamps": "true", ...definition.properties };
  const { configuration: wanted, features, versions } = splitProperties(properties);
  const protocol = newProtocol([...demandedBy(definition, wanted), ...features], versions);
  const { uuid } = environment;
  const configuration = withHiddenColumns(wanted, { protocol, schema: definition.schema, uuid });
  const metaData = metadataOf(definition, configuration, { id: uuid(), createdTime: environment.now() });
  return table.commit({
    operation: files.length > 0 ? "CREATE TABLE AS SELECT" : "CREATE TABLE",
    operationParameters: { ...definitionParameters(metaData), isManaged: String(isManaged) },
    operationMetrics:
      definition.operation?.endsWith("AS SELECT") || files.length > 0 ? writeMetrics(files) : {},
    reads: { kind: "nothing" },
    ...provenance(definition),
    actions: [
      { protocol },
      { metaData },
      ...domainActions(definition.domains),
      ...files.map((add): Action => ({ add })),
    ],
  });
}

/**
 * Adds files; rebased over any commit that leaves protocol and metadata alone. `transaction` makes a stream's
 * batch idempotent.
 */
export async function appendFiles(
  table: DeltaTable,
  {
    base,
    files,
    transaction,
    schema,
    definition,
    readsTable = false,
    ...said
  }: {
    readonly base: Snapshot;
    readonly files: readonly AddFile[];
    readonly transaction?: Transaction;
    /** Whether the rows were made of the table's own: then another such commit must not come between. */
    readonly readsTable?: boolean;
    /** The schema with marks moved on, when identity columns gave values. */
    readonly schema?: StructType;
    /** What the table becomes with these files, when they bring columns. */
    readonly definition?: TableDefinition;
  } & Provenance,
): Promise<CommitResult> {
  return table.commit({
    base,
    operation: "WRITE",
    operationParameters: { mode: "Append", partitionBy: printJson([...base.metadata.partitionColumns]) },
    operationMetrics: writeMetrics(files),
    reads: { kind: readsTable ? "table" : "nothing" },
    ...provenance(said),
    actions: [
      ...changeActions(base, { schema, definition }, stampOf(table)),
      ...(transaction ? [{ txn: transaction }] : []),
      ...files.map((add): Action => ({ add })),
    ],
  });
}

/**
 * Replaces all files, and schema, partitioning and properties when a `definition` is given (REPLACE TABLE;
 * the table keeps its id, its protocol is never lowered).
 */
export async function overwriteTable(
  table: DeltaTable,
  {
    base,
    files,
    definition,
    evolution,
    schema,
    ...said
  }: {
    readonly base: Snapshot;
    readonly files: readonly AddFile[];
    readonly definition?: TableDefinition;
    /** What the table becomes with these files, when they bring columns and do not replace it. */
    readonly evolution?: TableDefinition;
    /** Without a definition: the schema with marks moved on, when identity columns gave values. */
    readonly schema?: StructType;
  } & Provenance,
): Promise<CommitResult> {
  const stamp = stampOf(table);
  const { now } = stamp;
  const removes = Array.from(base.files(), (file): Action => ({ remove: removeOf(file, now) }));
  return table.commit({
    base,
    operation: definition === undefined ? "WRITE" : "CREATE OR REPLACE TABLE AS SELECT",
    operationParameters: { mode: "Overwrite", partitionBy: printJson([...base.metadata.partitionColumns]) },
    operationMetrics: writeMetrics(files),
    reads: { kind: "table" },
    ...provenance(said),
    actions: [
      ...(definition
        ? redefinition(base, { ...definition, domains: replacedDomains(base, definition) }, stamp)
        : changeActions(base, { schema, definition: evolution }, stamp)),
      ...removes,
      ...files.map((add): Action => ({ add })),
    ],
  });
}

/**
 * Replaces some files by others (UPDATE, DELETE, MERGE, OPTIMIZE). `readWholeTable` when the rows to change
 * were sought in the whole table, so that rows added meanwhile may have been missed; otherwise only `remove`
 * and `read` are checked. `dataChange: false` for OPTIMIZE.
 */
export async function rewriteFiles(table: DeltaTable, rewrite: Rewrite & Provenance): Promise<CommitResult> {
  const {
    base,
    remove,
    add,
    cdc = [],
    read = [],
    readWholeTable = true,
    dataChange = true,
    schema,
    definition,
    operation = "WRITE",
  } = rewrite;
  const stamp = stampOf(table);
  const { now } = stamp;
  return table.commit({
    base,
    operation,
    operationParameters: {},
    operationMetrics: { numRemovedFiles: String(remove.length), numAddedFiles: String(add.length) },
    reads: readWholeTable
      ? { kind: "table" }
      : { kind: "files", paths: new Set([...remove, ...read].map((f) => f.path)) },
    ...provenance(rewrite),
    actions: [
      ...changeActions(base, { schema, definition }, stamp),
      ...remove.map((file): Action => ({ remove: removeOf(file, now, dataChange) })),
      ...add.map((file): Action => ({ add: { ...file, dataChange } })),
      ...cdc,
    ],
  });
}

export interface Rewrite {
  readonly base: Snapshot;
  readonly remove: readonly LiveFile[];
  readonly add: readonly AddFile[];
  /** Change data files of this commit. */
  readonly cdc?: readonly Extract<Action, { cdc: unknown }>[];
  /** Further files whose rows were read. */
  readonly read?: readonly LiveFile[];
  readonly readWholeTable?: boolean;
  /** The schema with marks moved on, when identity columns gave values. */
  readonly schema?: StructType;
  /** What the table becomes with these files, when they bring columns. */
  readonly definition?: TableDefinition;
  readonly dataChange?: boolean;
}

/**
 * Changes schema, properties, comment or partitioning without touching data (ALTER TABLE, COMMENT ON).
 * `operation` is to be given: `SET TBLPROPERTIES` …
 */
export async function setMetadata(
  table: DeltaTable,
  {
    base,
    definition,
    ...said
  }: {
    readonly base: Snapshot;
    readonly definition: TableDefinition;
    readonly operation: string;
  } & Provenance,
): Promise<CommitResult> {
  return table.commit({
    base,
    operationParameters: {},
    operationMetrics: {},
    reads: { kind: "exclusive" },
    ...provenance(said),
    operation: said.operation,
    actions: numbered(base, redefinition(base, definition, stampOf(table))),
  });
}

/** Once a table tracks its rows, all of its files have row ids: those that have none are added again, for the commit to give them some. */
function numbered(base: Snapshot, actions: readonly Action[]): readonly Action[] {
  const isOn = ({ configuration }: MetadataAction) => isTrue(configuration["delta.enableRowTracking"]);
  if (isOn(base.metadata) || !actions.some((action) => "metaData" in action && isOn(action.metaData)))
    return actions;
  const without = Array.from(base.files()).filter(({ baseRowId }) => baseRowId === undefined);
  return [...actions, ...without.map((file): Action => ({ add: { ...addOf(file), dataChange: false } }))];
}

/** A replaced table is clustered as its new definition says, and else not at all. */
function replacedDomains(base: Snapshot, { domains = [] }: TableDefinition): readonly DomainMetadata[] {
  const old = base.domainMetadata.get("delta.clustering");
  const isGone = old !== undefined && domains.every(({ domain }) => domain !== old.domain);
  return isGone ? [...domains, { ...old, removed: true }] : domains;
}

/** What redefining a table takes from outside. */
interface Stamp {
  readonly now: number;
  readonly uuid: () => string;
}

function stampOf({ environment }: DeltaTable): Stamp {
  return { now: environment.now(), uuid: environment.uuid };
}

/** What else a commit of files changes: the whole definition, or marks of the schema alone, or nothing. */
function changeActions(
  base: Snapshot,
  {
    schema,
    definition,
  }: { readonly schema?: StructType | undefined; readonly definition?: TableDefinition | undefined },
  stamp: Stamp,
): readonly Action[] {
  if (definition !== undefined)
    return redefinition(base, { ...definition, ...(schema && { schema }) }, stamp);
  if (schema === undefined) return [];
  const { partitionColumns, configuration, name, description } = base.metadata;
  const same = {
    schema,
    partitionColumns,
    properties: configuration,
    ...(name !== undefined && { name }),
    ...(description !== undefined && { description }),
  };
  return redefinition(base, same, stamp);
}

/** The remove action of a live file: its size, partition and deletion vector as they were. */
export function removeOf(file: LiveFile, deletionTimestamp: number, dataChange = true): RemoveFile {
  const { path, partitionValues, size, deletionVector, baseRowId, defaultRowCommitVersion } = file;
  return {
    path,
    deletionTimestamp,
    dataChange,
    extendedFileMetadata: true,
    partitionValues,
    size,
    ...(deletionVector && { deletionVector }),
    ...(baseRowId !== undefined && { baseRowId }),
    ...(defaultRowCommitVersion !== undefined && { defaultRowCommitVersion }),
  };
}

/** The add action of a live file, as it stands in the log. */
export function addOf({ location: _location, ...add }: LiveFile): AddFile {
  return add;
}

/** The actions that give a table another definition: its id stays, its protocol is never lowered. */
export function redefinition(
  base: Snapshot,
  definition: TableDefinition,
  { now, uuid }: Stamp,
): readonly Action[] {
  const { configuration: previous, id, createdTime } = base.metadata;
  const { configuration: wanted, features, versions } = splitProperties(definition.properties ?? previous);
  const protocol = withFeatures(withVersions(base.protocol, versions), [
    ...demandedBy(definition, wanted),
    ...features,
  ]);
  const since = { version: base.version + 1, timestamp: Math.max(now, base.timestamp + 1) };
  const configuration = withHiddenColumns(withEnablement(previous, wanted, since), {
    protocol,
    schema: definition.schema,
    previous,
    uuid,
  });
  const metaData = metadataOf(definition, configuration, {
    id,
    ...(createdTime !== undefined && { createdTime }),
  });
  return [...protocolAction(base.protocol, protocol), { metaData }, ...domainActions(definition.domains)];
}

function protocolAction(old: Protocol, protocol: Protocol): readonly Action[] {
  return protocol === old ? [] : [{ protocol }];
}

function metadataOf(
  { schema, partitionColumns = [], name, description }: TableDefinition,
  configuration: Readonly<Record<string, string>>,
  { id, createdTime }: { readonly id: string; readonly createdTime?: number },
): MetadataAction {
  return {
    id,
    ...(name !== undefined && { name }),
    ...(description !== undefined && { description }),
    format: { provider: "parquet", options: {} },
    schemaString: printSchema(schema),
    partitionColumns,
    configuration,
    ...(createdTime !== undefined && { createdTime }),
  };
}

function demandedBy(
  { schema, domains = [] }: TableDefinition,
  configuration: Readonly<Record<string, string>>,
): readonly string[] {
  return demandedFeatures({ configuration, schema, domains: domains.map((d) => d.domain) });
}

function domainActions(domains: readonly DomainMetadata[] = []): readonly Action[] {
  return domains.map((domainMetadata) => ({ domainMetadata }));
}

function definitionParameters({ partitionColumns, description, configuration }: MetadataAction) {
  return {
    partitionBy: printJson([...partitionColumns]),
    clusterBy: "[]",
    description: description ?? null,
    properties: printJson(configuration),
  };
}

function writeMetrics(files: readonly AddFile[]): Readonly<Record<string, string>> {
  const bytes = files.reduce((sum, file) => sum + file.size, 0);
  const rows = files.map(({ stats }) => rowCount(stats));
  return {
    numFiles: String(files.length),
    ...(rows.every((count) => count !== undefined) && {
      numOutputRows: String(rows.reduce<bigint>((sum, count) => sum + (count ?? 0n), 0n)),
    }),
    numOutputBytes: String(bytes),
  };
}

function rowCount(stats: string | undefined): bigint | undefined {
  const count = stats === undefined ? undefined : (parseJson(stats) as JsonObject)["numRecords"];
  return typeof count === "number" || typeof count === "bigint" ? BigInt(count) : undefined;
}

/** What an operation was told to say about itself. */
export function provenance(said: Provenance): Provenance {
  const keys = [
    "operation",
    "operationParameters",
    "operationMetrics",
    "userId",
    "userName",
    "userMetadata",
    "commitInfo",
  ] as const;
  return Object.fromEntries(keys.flatMap((key) => (said[key] === undefined ? [] : [[key, said[key]]])));
}
