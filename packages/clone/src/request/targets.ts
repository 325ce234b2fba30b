import { invalidNameReason } from "@clone-xs/unity";
import type { RequestProblem } from "./problems.ts";
import type { CloneRequest } from "./request.ts";
import { freeName, inlineTarget, INLINE_KEYS } from "./inline-targets.ts";
import type { TargetObject, TargetWire } from "./target-wire.ts";
import type { CloneRequestWire } from "./wire.ts";

/** Another workspace that a clone goes to. Holds no secret: those are with whoever keeps the connections. */
export interface TargetRequest {
  /** Reference of a saved connection. */
  readonly connection: string;
  /** How results, logs and directories call it; one of its own in each request. */
  readonly name: string;
  /** Absent: that of the request. */
  readonly destinationCatalog?: string;
  /** Absent: as the request's load type says. */
  readonly syncMode?: SyncMode;
  /** Lift masks for the time of the copy, under a guard. */
  readonly handleMasks: boolean;
  /** Take away, when the copy is made, what was made to share the data. */
  readonly cleanup: boolean;
}

export type SyncMode = "snapshot_once" | "incremental" | "force_full";

/** Fan-out: targets at the same time. */
export interface FanoutOptions {
  readonly maxParallel: number;
}

/** A target of which nothing but its connection is known. */
export function targetOfConnection(connection: string): TargetRequest {
  return { connection, name: connection, handleMasks: false, cleanup: false };
}

/** The request as one of its targets gets it: one destination, one load type, and no further targets. */
export function requestForTarget(request: CloneRequest, target: TargetRequest): CloneRequest {
  const { fanout: _, ...single } = request;
  return {
    ...single,
    destinationCatalog: target.destinationCatalog ?? request.destinationCatalog,
    ...(target.syncMode === undefined ? {} : LOADS[target.syncMode]),
    targets: [target],
  };
}

const LOADS: Readonly<Record<SyncMode, Pick<CloneRequest, "loadType"> & Partial<CloneRequest>>> = {
  snapshot_once: { loadType: "INCREMENTAL" },
  incremental: { loadType: "SELECTIVE" },
  force_full: { loadType: "FULL", forceReclone: true },
};

type TargetKeys = Pick<CloneRequestWire, "target_workspace" | "target_workspaces" | "fanout_max_parallel">;

const FANOUT_PARALLEL = 5;

/** The targets of a request without problems, each with a name of its own. */
export function fillTargets(wire: TargetKeys): Pick<CloneRequest, "targets" | "fanout"> {
  const several = wire.target_workspaces ?? [];
  if (several.length === 0) return { targets: wire.target_workspace ? named([wire.target_workspace]) : [] };
  return { targets: named(several), fanout: { maxParallel: wire.fanout_max_parallel ?? FANOUT_PARALLEL } };
}

/** The wire form of the targets of a request. */
export function targetsWire({ targets, fanout }: Pick<CloneRequest, "targets" | "fanout">): TargetKeys {
  const [only] = targets;
  if (fanout !== undefined)
    return { target_workspaces: targets.map(targetWire), fanout_max_parallel: fanout.maxParallel };
  return only === undefined ? {} : { target_workspace: targetWire(only) };
}

function targetWire(target: TargetRequest): TargetObject {
  return {
    connection: target.connection,
    name: target.name,
    ...(target.destinationCatalog === undefined ? {} : { destination_catalog: target.destinationCatalog }),
    ...(target.syncMode === undefined ? {} : { data_sync_mode: target.syncMode }),
    auto_handle_masks: target.handleMasks,
    cleanup_after_clone: target.cleanup,
  };
}

/** What is wrong with the targets of a request, each at its path. */
export function targetProblems(wire: CloneRequestWire): readonly RequestProblem[] {
  const both = wire.target_workspace && wire.target_workspaces !== undefined;
  const placed = placedTargets(wire);
  return [
    ...(both
      ? [{ path: "target_workspaces", message: "Give target_workspace or target_workspaces, not both." }]
      : []),
    // A list that came out empty means other workspaces all the same: the copy must not land in the source's own.
    ...(wire.target_workspaces?.length === 0
      ? [
          {
            path: "target_workspaces",
            message: "target_workspaces names no target. Name one, or leave it out.",
          },
        ]
      : []),
    ...placed.flatMap(({ path, target }) => problemsOfTarget(path, target)),
    ...repeated(placed, wire.destination_catalog),
  ];
}

/** Whether the copy goes to another workspace, where a catalog of the source's name is another one. */
export function goesElsewhere(wire: TargetKeys): boolean {
  return Boolean(wire.target_workspace) || (wire.target_workspaces ?? []).length > 0;
}

interface PlacedTarget {
  readonly path: string;
  readonly target: TargetWire;
}

function placedTargets(wire: TargetKeys): readonly PlacedTarget[] {
  const several = wire.target_workspaces ?? [];
  return [
    ...(wire.target_workspace ? [{ path: "target_workspace", target: wire.target_workspace }] : []),
    ...several.map((target, at) => ({ path: `target_workspaces[${at}]`, target })),
  ];
}

function problemsOfTarget(path: string, target: TargetWire): readonly RequestProblem[] {
  if (typeof target === "string") return [];
  const catalog = target.destination_catalog;
  const reason = catalog ? invalidNameReason(catalog) : undefined;
  return [
    ...(reason === undefined
      ? []
      : [
          {
            path: `${path}.destination_catalog`,
            message: `${path}.destination_catalog "${catalog}" cannot be a catalog name: it ${reason}.`,
          },
        ]),
    ...(target.connection ? besideConnection(path, target) : inlineProblems(path, target)),
  ];
}

function besideConnection(path: string, target: TargetObject): readonly RequestProblem[] {
  return INLINE_KEYS.filter((key) => target[key]).map((key) => ({
    path: `${path}.${key}`,
    message: `Give ${path}.connection or ${path}.${key}, not both: a saved connection has its own.`,
  }));
}

/** A complete one is to be replaced by a reference before it gets here: a request is stored and shown, and must hold no secret. */
function inlineProblems(path: string, target: TargetObject): readonly RequestProblem[] {
  const read = inlineTarget(target);
  if (!read.ok) return read.problems.map(({ key, message }) => at(path, key, message));
  const message = `${path} has credentials of its own, which cannot be kept here. Save it as a connection, and give its name.`;
  return [{ path, message }];
}

function at(path: string, key: string, message: string): RequestProblem {
  return {
    path: key === "" ? path : `${path}.${key}`,
    message: `${path}${key === "" ? "" : `.${key}`} ${message}`,
  };
}

/** Two targets must be two places, as far as the request tells, and have two names. */
function repeated(placed: readonly PlacedTarget[], destination: string): readonly RequestProblem[] {
  const places = new Map<string, string>();
  const names = new Map<string, string>();
  return placed.flatMap(({ path, target }) => {
    const { connection, name, destination_catalog } = objectOf(target);
    const place = JSON.stringify([connection, (destination_catalog || destination).toLowerCase()]);
    const samePlace = connection ? seen(places, place, path) : undefined;
    const sameName = name ? seen(names, name.toLowerCase(), path) : undefined;
    if (samePlace !== undefined)
      return [
        { path, message: `${path} is the same target as ${samePlace}: name another destination_catalog.` },
      ];
    if (sameName === undefined) return [];
    return [{ path: `${path}.name`, message: `${path}.name is the name of ${sameName} too.` }];
  });
}

/** Where the key was met before; notes that it was met here otherwise. */
function seen(places: Map<string, string>, key: string, path: string): string | undefined {
  const before = places.get(key);
  if (before === undefined) places.set(key, path);
  return before;
}

function objectOf(target: TargetWire): TargetObject {
  return typeof target === "string" ? { connection: target } : target;
}

/** A target without a name has that of its connection, and where several have the same, the destination in brackets, or a number. */
function named(wires: readonly TargetWire[]): readonly TargetRequest[] {
  const targets = wires.map(objectOf);
  const taken = new Set(targets.flatMap(({ name }) => (name ? [name.toLowerCase()] : [])));
  const connections = targets.filter(({ name }) => !name).map(({ connection }) => connection);
  return targets.map((target) => {
    const connection = target.connection ?? "";
    const several = connections.filter((other) => other === connection).length > 1;
    const base =
      several && target.destination_catalog ? `${connection} (${target.destination_catalog})` : connection;
    return read(target, connection, target.name || freeName(base, taken));
  });
}

function read(target: TargetObject, connection: string, name: string): TargetRequest {
  return {
    connection,
    name,
    ...(target.destination_catalog ? { destinationCatalog: target.destination_catalog } : {}),
    ...(target.data_sync_mode ? { syncMode: target.data_sync_mode } : {}),
    handleMasks: target.auto_handle_masks ?? false,
    cleanup: target.cleanup_after_clone ?? false,
  };
}
