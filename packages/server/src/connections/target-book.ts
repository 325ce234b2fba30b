import type { JudgeHost } from "../access/allowed-hosts.ts";
import type { CloneRequest, RunPorts, TargetRequest } from "@clone-xs/clone";
import type { Workspace } from "@clone-xs/unity";
import type { RunTarget } from "../runs/store.ts";
import { readCloneRequest } from "../validation.ts";
import type { ConnectionStore } from "./connection-store.ts";
import type { OpenWorkspace } from "./open-workspace.ts";
import { type SettledTargets, settleTargets, targetsOf } from "./targets.ts";

/** Other workspaces as requests name them: by saved connections, or by themselves. */
export interface TargetBook {
  /** Reads a clone request with its targets. Throws INVALID_REQUEST. */
  read(body: unknown): Promise<TargetedRequest>;
  /** The body with its targets as they are kept, for whoever reads the rest of it. Throws INVALID_REQUEST. */
  settle(body: unknown): Promise<SettledTargets>;
  /** Keeps the connections that a request gave, for as long as its run may be gone on with. */
  keep(runId: string, targeted: Pick<TargetedRequest, "given">): void;
  /** Connects to a target, also by a connection that was given just now. Throws what signing in throws, and NOT_FOUND and SECRET_UNREADABLE. */
  connect(target: TargetRequest, options?: ConnectOptions): Promise<Workspace>;
  /** The address of a target as it is kept; `undefined` when only its profile knows, or nothing is kept. */
  hostOf(target: TargetRequest): string | undefined;
}

/** How both ends of a request are reached. */
export type EndPorts = Pick<RunPorts, "source" | "target" | "connectTarget">;

export interface TargetedRequest extends Pick<SettledTargets, "given"> {
  readonly request: CloneRequest;
  /** The body without secrets, as it is stored and shown. */
  readonly wire: Readonly<Record<string, unknown>>;
  readonly targets: readonly RunTarget[];
}

interface ConnectOptions extends Partial<Pick<SettledTargets, "given">> {
  readonly signal?: AbortSignal | undefined;
}

export interface TargetBookOptions {
  readonly connections: ConnectionStore;
  readonly openWorkspace: OpenWorkspace;
  readonly now: () => number;
  /** Where a request may send this process; absent: anywhere. */
  readonly judgeHost?: JudgeHost;
}

/** The targets of a home's connections. */
export function targetBook({ connections, openWorkspace, now, judgeHost }: TargetBookOptions): TargetBook {
  return {
    async read(body) {
      const { body: wire, given } = await settleTargets(body, connections, { judgeHost });
      const request = readCloneRequest(wire);
      const targets = targetsOf(request, { connections, given });
      // What was read as a request is an object.
      return { request, wire: wire as TargetedRequest["wire"], targets, given };
    },
    settle: (body) => settleTargets(body, connections, { judgeHost }),
    keep(runId, { given }) {
      for (const [reference, details] of given) connections.keepForRun(runId, reference, details, now());
    },
    async connect({ connection }, { given, signal } = {}) {
      return openWorkspace(given?.get(connection) ?? connections.details(connection), signal);
    },
    hostOf: ({ connection }) => connections.hostOf(connection),
  };
}
