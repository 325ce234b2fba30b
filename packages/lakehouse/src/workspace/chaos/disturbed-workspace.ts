import {
  directoriesPath,
  type Endpoint,
  endpoints,
  filesPath,
  pathTo,
  runsPath,
} from "@clone-xs/databricks/contract";
import { fullName, type UnityReads, type Workspace, WorkspaceError } from "@clone-xs/unity";
import type { CatalogReader } from "../catalog/lookup.ts";
import { unityReads } from "../catalog/unity-reads.ts";
import { disturbedSharing } from "./disturbed-sharing.ts";
import type { Disturbance } from "./run.ts";
import type { Fault, Point } from "./rule.ts";
import { staleMetastore } from "./stale.ts";

export interface DisturbedOptions extends Disturbance {
  readonly now: () => number;
  readonly reader: () => CatalogReader;
  /** Whether the principal's token was taken away, and takes it away. */
  readonly tokens: { readonly revoked: () => boolean; readonly revoke: () => void };
}

type Call = Pick<Extract<Point, { stage: "call" }>, "method" | "path" | "statement"> & {
  readonly effect: "read" | "write";
};

/**
 * A workspace in process with the latency and the faults that its calls would meet over HTTP, as the client would see them: the calls are named
 * by the same methods and paths. A lost reply after the effect comes when the statement has ended.
 */
export function disturbedWorkspace(workspace: Workspace, options: DisturbedOptions): Workspace {
  const { identity, statements, files, jobs } = workspace;
  const principal = identity.userName;

  const call = async <T>(at: Call, work: (stale: number) => Promise<T>): Promise<T> => {
    const { chaos, latency, sleep, tokens } = options;
    if (tokens.revoked()) throw unauthenticated();
    if (latency.call > 0) await sleep(latency.call, never);
    if (chaos.quiet) return work(0);
    const { effect, ...point } = at;
    const { before, after } = chaos.at({ stage: "call", principal, ...point });
    for (const fault of before) await struck(fault, effect, options);
    const result = await work(staleness([...before, ...after]));
    for (const fault of after) await struck(fault, effect, options);
    return result;
  };
  const of = (endpoint: Endpoint, path: string = endpoint.path): Call => ({
    method: endpoint.method,
    path,
    effect: endpoint.method === "GET" ? "read" : "write",
  });
  const job = (operation: Parameters<typeof runsPath>[0]): Call => {
    const writes = operation === "submit" || operation === "cancel";
    return {
      method: writes ? "POST" : "GET",
      path: runsPath(operation),
      effect: writes ? "write" : "read",
    };
  };
  const file = (method: string, prefix: string, path: string, effect: Call["effect"]): Call => ({
    method,
    path: prefix + path,
    effect,
  });

  return {
    identity,
    close: () => workspace.close(),
    statements: {
      execute: (statement, executeOptions) =>
        call({ ...of(endpoints.executeStatement), effect: statement.effect, statement }, () =>
          statements.execute(statement, executeOptions),
        ),
      state: (statement_id) =>
        call(of(endpoints.getStatement, pathTo(endpoints.getStatement, { statement_id })), () =>
          statements.state(statement_id),
        ),
      cancel: (statement_id) =>
        call(of(endpoints.cancelStatement, pathTo(endpoints.cancelStatement, { statement_id })), () =>
          statements.cancel(statement_id),
        ),
      recent: (filter) => call(of(endpoints.queryHistory), () => statements.recent(filter)),
    },
    unity: disturbedReads(call, of, options),
    files: {
      list: (path) => call(file("GET", directoriesPath, path, "read"), () => files.list(path)),
      stat: (path) => call(file("HEAD", filesPath, path, "read"), () => files.stat(path)),
      async *read(path, readOptions) {
        await call(file("GET", filesPath, path, "read"), async () => undefined);
        yield* files.read(path, readOptions);
      },
      write: (path, content, writeOptions) =>
        call(file("PUT", filesPath, path, "write"), () => files.write(path, content, writeOptions)),
      makeDirectory: (path) =>
        call(file("PUT", directoriesPath, path, "write"), () => files.makeDirectory(path)),
      remove: (path) => call(file("DELETE", filesPath, path, "write"), () => files.remove(path)),
    },
    sharing: disturbedSharing(workspace.sharing, (endpoint, path, work) => call(of(endpoint, path), work)),
    jobs: {
      submit: (run) => call(job("submit"), () => jobs.submit(run)),
      run: (runId) => call(job("get"), () => jobs.run(runId)),
      runs: (filter) => call(job("list"), () => jobs.runs(filter)),
      cancel: (runId) => call(job("cancel"), () => jobs.cancel(runId)),
    },
    warehouses: () => call(of(endpoints.listWarehouses), () => workspace.warehouses()),
  };
}

function disturbedReads(
  call: <T>(at: Call, work: (stale: number) => Promise<T>) => Promise<T>,
  of: (endpoint: Endpoint, path?: string) => Call,
  { reader, now }: DisturbedOptions,
): UnityReads {
  const reads = (stale: number) =>
    unityReads(() => {
      const current = reader();
      if (stale === 0) return current;
      return { ...current, metastore: staleMetastore(current.metastore, now() - stale) };
    });
  return {
    metastore: () => call(of(endpoints.metastoreSummary), (stale) => reads(stale).metastore()),
    catalogs: () => call(of(endpoints.listCatalogs), (stale) => reads(stale).catalogs()),
    catalog: (name) =>
      call(of(endpoints.getCatalog, pathTo(endpoints.getCatalog, { name })), (stale) =>
        reads(stale).catalog(name),
      ),
    schemas: (catalog) => call(of(endpoints.listSchemas), (stale) => reads(stale).schemas(catalog)),
    tables: (catalog, schema) =>
      call(of(endpoints.listTables), (stale) => reads(stale).tables(catalog, schema)),
    table: (name) =>
      call(of(endpoints.getTable, pathTo(endpoints.getTable, { full_name: fullName(name) })), (stale) =>
        reads(stale).table(name),
      ),
    functions: (catalog, schema) =>
      call(of(endpoints.listFunctions), (stale) => reads(stale).functions(catalog, schema)),
    volumes: (catalog, schema) =>
      call(of(endpoints.listVolumes), (stale) => reads(stale).volumes(catalog, schema)),
    permissions: (securable_type, full_name) =>
      call(
        of(endpoints.getPermissions, pathTo(endpoints.getPermissions, { securable_type, full_name })),
        (stale) => reads(stale).permissions(securable_type, full_name),
      ),
    effectivePermissions: (securable_type, full_name) =>
      call(
        of(
          endpoints.getEffectivePermissions,
          pathTo(endpoints.getEffectivePermissions, { securable_type, full_name }),
        ),
        (stale) => reads(stale).effectivePermissions(securable_type, full_name),
      ),
  };
}

const never = new AbortController().signal;

/** How far behind the faults let a read be. */
export function staleness(faults: readonly Fault[]): number {
  return Math.max(0, ...faults.map((fault) => (fault.kind === "stale" ? fault.ms : 0)));
}

async function struck(
  fault: Fault,
  effect: "read" | "write",
  { sleep, tokens }: Pick<DisturbedOptions, "sleep" | "tokens">,
): Promise<void> {
  switch (fault.kind) {
    case "delay":
      return sleep(fault.ms, never);
    case "error":
      throw refused(fault);
    case "rateLimit":
      throw new WorkspaceError("RATE_LIMITED", "Too many requests, by a fault that was asked for.", {
        errorClass: "REQUEST_LIMIT_EXCEEDED",
        retryable: true,
      });
    case "lost":
      throw effect === "write"
        ? new WorkspaceError("UNKNOWN_RESULT", "The answer was lost, by a fault that was asked for.")
        : new WorkspaceError("UNAVAILABLE", "The answer was lost, by a fault that was asked for.", {
            retryable: true,
          });
    case "token":
      if (fault.revoked) tokens.revoke();
      throw unauthenticated();
    // Seen to where the work is done; a listing in process has no pages.
    case "stale":
    case "emptyPage":
    case "end":
      return;
    default:
      return fault satisfies never;
  }
}

/** As the client reads the status of an answer. */
function refused({ status, errorCode, message }: Extract<Fault, { kind: "error" }>): WorkspaceError {
  const code =
    status === 429
      ? "RATE_LIMITED"
      : status === 503
        ? "UNAVAILABLE"
        : status === 401
          ? "UNAUTHENTICATED"
          : status === 403
            ? "PERMISSION_DENIED"
            : status === 404
              ? "NOT_FOUND"
              : status >= 500
                ? "INTERNAL"
                : "INVALID_REQUEST";
  return new WorkspaceError(code, message, {
    errorClass: errorCode,
    retryable: status === 429 || status === 503,
  });
}

function unauthenticated(): WorkspaceError {
  return new WorkspaceError("UNAUTHENTICATED", "Invalid access token.", { errorClass: "UNAUTHENTICATED" });
}
