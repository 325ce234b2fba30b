import type { StreamRequestWire } from "@clone-xs/server/contract";
import type { Means } from "./equivalents.ts";
import { command, fitsList, flag, listFlag } from "./shell.ts";

/** Begins to keep copies in sync. */
export function startingStream(request: StreamRequestWire): Means {
  return byRequest("start", request);
}

/** What a stream would do and cost. */
export function planningStream(request: StreamRequestWire): Means {
  return byRequest("plan", request);
}

function byRequest(verb: "plan" | "start", request: StreamRequestWire): Means {
  const flags = fitsFlags(request) ? { cli: command(`clxs streams ${verb}`, flagsOf(request)) } : {};
  return { ...flags, call: { method: "POST", path: `/api/continuous-sync/${verb}`, body: request } };
}

/** Ends a stream; its copies stay. */
export function stoppingStream(id: string): Means {
  return ofStream("stop", id);
}

/** Ends a stream's run and begins another. */
export function restartingStream(id: string): Means {
  return ofStream("restart", id);
}

function ofStream(verb: "stop" | "restart", id: string): Means {
  return {
    cli: command(`clxs streams ${verb}`, [], id),
    call: { method: "POST", path: `/api/continuous-sync/streams/${encodeURIComponent(id)}/${verb}` },
  };
}

function flagsOf(request: StreamRequestWire): readonly string[] {
  const { source_catalog, destination_catalog, tables, schema, trigger_ms, keys } = request;
  const { without_change_feed } = request;
  return [
    flag("--source", source_catalog),
    flag("--dest", destination_catalog),
    ...listFlag("--tables", tables),
    ...(schema == null ? [] : [flag("--schema", schema)]),
    ...(trigger_ms === undefined ? [] : [flag("--trigger-ms", trigger_ms)]),
    ...Object.entries(keys ?? {}).map(([table, columns]) => flag("--key", `${table}:${columns.join(",")}`)),
    ...(without_change_feed === undefined ? [] : [flag("--without-change-feed", without_change_feed)]),
  ];
}

const SAID = new Set([
  "source_catalog",
  "destination_catalog",
  "tables",
  "schema",
  "trigger_ms",
  "keys",
  "without_change_feed",
]);

function fitsFlags(request: StreamRequestWire): boolean {
  const { tables, keys = {} } = request;
  return (
    Object.keys(request).every((key) => SAID.has(key)) &&
    (tables == null || fitsList(tables)) &&
    Object.entries(keys).every(([table, columns]) => !table.includes(":") && fitsList(columns))
  );
}
