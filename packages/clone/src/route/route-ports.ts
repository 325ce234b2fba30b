import type { Workspace } from "@clone-xs/unity";
import type { RetryPorts } from "../execute/retry.ts";

/** What opening and closing a route touches, at both ends. */
export interface RoutePorts extends RetryPorts {
  readonly source: Pick<Workspace, "sharing">;
  readonly target: Pick<Workspace, "sharing" | "unity" | "statements">;
  readonly runId: string;
  /** Something the user should know, in one line. */
  readonly tell: (line: string) => void;
}
