import type { Workspace } from "@clone-xs/unity";
import type { Disk } from "./disk.ts";
import { FAULTS } from "./faults.ts";
import type { Checks } from "./invariants.ts";
import type { Place, Topology } from "./places.ts";
import type { World } from "./world.ts";
import { CHANGES, type SourceModel } from "./writers.ts";

export const DISTURBANCES = [...FAULTS, ...CHANGES, "kill", "cancel", "second_runner"] as const;
export type Disturbance = (typeof DISTURBANCES)[number];

/** What one seed tells of: a source, a target, and what has befallen them. */
export interface Story {
  readonly world: World;
  readonly workspace: Workspace;
  readonly seed: number;
  readonly random: () => number;
  readonly source: string;
  /** Destination catalog of the requests. */
  readonly target: string;
  readonly topology: Topology;
  readonly places: readonly Place[];
  readonly audit: string;
  readonly model: SourceModel;
  /** Direct grants on the source before anything happened to it. */
  readonly grants: readonly string[];
  readonly checks: Checks;
  readonly injected: Record<Disturbance, number>;
  /** The machine on which runs are begun. */
  readonly disk: Disk;
}
