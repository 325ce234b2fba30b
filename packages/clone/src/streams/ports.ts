import type { Workspace } from "@clone-xs/unity";
import type { RetryPorts } from "../execute/retry.ts";
import type { Settings } from "../run/settings.ts";

/** What looking after streams needs. The workspace is the source's: it runs them. */
export interface StreamPorts extends RetryPorts {
  readonly workspace: Workspace;
  readonly settings: Settings;
}
