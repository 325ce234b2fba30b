import type { CloneRequestWire } from "@clone-xs/server/contract";

/** One saved connection as a target, with what is said for it alone. */
export interface TargetDraft {
  /** Name of the saved connection. */
  readonly connection: string;
  /** How the request calls it; empty: as its connection is called. */
  readonly name: string;
  /** Empty: as the connection says, else as the request says. */
  readonly destination: string;
  /** Empty: as the load type says. */
  readonly syncMode: SyncMode | "";
  readonly handleMasks: boolean;
  readonly cleanup: boolean;
}

type SyncMode = "snapshot_once" | "incremental" | "force_full";

/** Where the copy goes: the source's own workspace, another one, or several. */
export interface TargetChoice {
  readonly elsewhere: boolean;
  readonly fanOut: boolean;
  /** Without fan-out, only the first counts. */
  readonly targets: readonly TargetDraft[];
  readonly targetsAtOnce: number;
}

const TARGETS_AT_ONCE = 5;

export const atHome: TargetChoice = {
  elsewhere: false,
  fanOut: false,
  targets: [],
  targetsAtOnce: TARGETS_AT_ONCE,
};

export function newTarget(connection: string): TargetDraft {
  return { connection, name: "", destination: "", syncMode: "", handleMasks: false, cleanup: false };
}

export function nameOf({ name, connection }: TargetDraft): string {
  return name === "" ? connection : name;
}

/** The targets that count. */
export function chosenTargets({ elsewhere, fanOut, targets }: TargetChoice): readonly TargetDraft[] {
  if (!elsewhere) return [];
  return fanOut ? targets : targets.slice(0, 1);
}

/** The choice with a connection taken up or left; several only in a fan-out. */
export function withTarget(
  { fanOut, targets }: TargetChoice,
  connection: string,
  chosen: boolean,
): Pick<TargetChoice, "targets"> {
  const others = fanOut ? targets.filter((target) => target.connection !== connection) : [];
  if (!chosen) return { targets: others };
  const known = targets.filter((target) => target.connection === connection);
  return { targets: [...others, ...(known.length > 0 ? known : [newTarget(connection)])] };
}

/** The keys of a request that say where the copy goes. */
export function targetKeys(choice: TargetChoice): Partial<CloneRequestWire> {
  const wires = chosenTargets(choice).map(wireOf);
  const [only] = wires;
  if (only === undefined) return {};
  if (!choice.fanOut) return { target_workspace: only };
  return {
    target_workspaces: wires,
    ...(choice.targetsAtOnce === TARGETS_AT_ONCE ? {} : { fanout_max_parallel: choice.targetsAtOnce }),
  };
}

/** The request for one of its targets alone, as a preview looks at it. */
export function requestFor(request: CloneRequestWire, target: TargetDraft | undefined): CloneRequestWire {
  const { target_workspace: _one, target_workspaces: _many, fanout_max_parallel: _atOnce, ...rest } = request;
  return target === undefined ? rest : { ...rest, target_workspace: wireOf(target) };
}

type WireTarget = NonNullable<CloneRequestWire["target_workspace"]>;

/** A name alone, unless something is said for this target. */
function wireOf({ connection, name, destination, syncMode, handleMasks, cleanup }: TargetDraft): WireTarget {
  const more = {
    ...(name === "" ? {} : { name }),
    ...(destination.trim() === "" ? {} : { destination_catalog: destination.trim() }),
    ...(syncMode === "" ? {} : { data_sync_mode: syncMode }),
    ...(handleMasks ? { auto_handle_masks: true } : {}),
    ...(cleanup ? { cleanup_after_clone: true } : {}),
  };
  return Object.keys(more).length === 0 ? connection : { connection, ...more };
}

/** What an earlier request says of its targets. */
export function choiceOf(request: CloneRequestWire): TargetChoice {
  const { target_workspace: one, target_workspaces: many, fanout_max_parallel: atOnce } = request;
  const fanOut = many !== undefined;
  const wires = many ?? (one == null ? [] : [one]);
  return {
    elsewhere: wires.length > 0,
    fanOut,
    targets: wires.map(draftOf),
    targetsAtOnce: atOnce ?? TARGETS_AT_ONCE,
  };
}

function draftOf(wire: WireTarget): TargetDraft {
  if (typeof wire === "string") return newTarget(wire);
  const connection = wire.connection ?? "";
  return {
    connection,
    name: wire.name == null || wire.name === connection ? "" : wire.name,
    destination: wire.destination_catalog ?? "",
    syncMode: wire.data_sync_mode ?? "",
    handleMasks: wire.auto_handle_masks ?? false,
    cleanup: wire.cleanup_after_clone ?? false,
  };
}
