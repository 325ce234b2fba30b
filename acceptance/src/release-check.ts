import { criteria } from "./criteria.ts";
import { type Criterion, isIn, judgeAll, type Result } from "./criterion.ts";
import { evidence, type Route } from "./evidence/script.ts";
import { feature1 } from "./feature-1-formats/script.ts";
import { feature2 } from "./feature-2-selective/script.ts";
import { feature3 } from "./feature-3-quiesce/script.ts";
import { feature4 } from "./feature-4-estimate/script.ts";
import { feature5 } from "./feature-5-fanout/script.ts";
import { feature6 } from "./feature-6-streams/script.ts";
import { transcript, type Transcript } from "./harness/transcript.ts";
import { openSandbox, type Sandbox, type SandboxOptions, twoTargets } from "./harness/workspace.ts";
import { kitchenSink } from "./kitchen-sink/script.ts";
import type { Observations } from "./observations.ts";
import { realSoak } from "./soak/real-soak.ts";
import type { Soak } from "./soak/soak.ts";
import { readSuite } from "./suite/suite.ts";

export interface ReleaseCheckOptions extends Omit<SandboxOptions, "transcript"> {
  /** Sections of the runbook, such as `2.1` and `3`; all when absent. What they build on runs as well, and is not judged. */
  readonly only?: readonly string[];
  /** The folder of the sources, for sections 1 and 5; absent for an installed program. */
  readonly checkout?: string;
  /** Runs a stream for so many hours: on a clock of its own, or in real time where there is none. */
  readonly soak?: { readonly hours: number; readonly accelerated?: () => Promise<Soak> };
  readonly progress: (line: string) => void;
}

/** What a check came to: the verdicts, and what was run for them. */
export interface Checked {
  readonly results: readonly Result[];
  readonly ran: readonly Ran[];
}

/** What one script did, without secrets, and how long it took. */
export interface Ran {
  readonly section: string;
  readonly title: string;
  readonly seconds: number;
  readonly lines: readonly string[];
  /** Why it broke off. */
  readonly error?: string;
}

/**
 * Runs the scripts of the runbook against workspaces in other processes, and judges each criterion that was asked for.
 * Throws a RangeError for a section that the runbook does not have.
 */
export async function releaseCheck(options: ReleaseCheckOptions): Promise<Checked> {
  const asked = options.only === undefined ? criteria : askedBy(options.only);
  const ran: Ran[] = [];
  const seen = await observe(options, asked, ran);
  return { results: judgeAll(asked, seen), ran };
}

/** The criteria of sections, such as `2.1` or `3`, or of single criteria, `2.1.a`, in the runbook's order. */
function askedBy(only: readonly string[]): readonly Criterion[] {
  const unknown = only.find((section) => !criteria.some(({ id }) => isIn(id, [section])));
  if (unknown === undefined) return criteria.filter(({ id }) => isIn(id, only));
  const sections = [...new Set(criteria.map(({ id }) => id.split(".").slice(0, -1).join(".")))];
  throw new RangeError(`The runbook has no section ${unknown}. It has ${sections.join(", ")}.`);
}

/** What each script is, in the runbook's own order, and which criteria rest on it. */
const SCRIPTS = {
  feature1: { section: "2.1", title: "Feature 1 — Parquet / Iceberg source support", for: ["2.1"] },
  feature2: { section: "2.2", title: "Feature 2 — Selective re-clone", for: ["2.2", "4.e"] },
  feature3: { section: "2.3", title: "Feature 3 — Pre-clone source quiesce", for: ["2.3"] },
  feature4: { section: "2.4", title: "Feature 4 — Dry-run cost-vs-selective comparison", for: ["2.4"] },
  feature5: { section: "2.5", title: "Feature 5 — Multi-target fanout", for: ["2.5"] },
  feature6: {
    section: "2.6",
    title: "Feature 6 — Continuous sync executor",
    for: ["2.6.a", "2.6.b", "2.6.c", "4.d"],
  },
  kitchenSink: { section: "3", title: "Section 3 — Kitchen sink, three ways", for: ["3", "4"] },
  evidence: { section: "4", title: "Section 4 — Evidence", for: ["4"] },
  soak: { section: "2.6", title: "Feature 6 — the long run", for: ["2.6.d"] },
} as const;
type Script = keyof typeof SCRIPTS;

/** What a script needs of those before it, beside the workspaces. */
const NEEDS: Readonly<Partial<Record<Script, readonly Script[]>>> = {
  feature4: ["feature2"],
  evidence: ["kitchenSink"],
};

async function observe(
  options: ReleaseCheckOptions,
  asked: readonly Criterion[],
  ran: Ran[],
): Promise<Observations> {
  const { progress, checkout, soak: soakFor } = options;
  const wanted = wantedBy(asked);
  const notes = transcript();
  const ticks = asked.some(({ id }) => isIn(id, ["1", "5"]));
  const suite = checkout === undefined || !ticks ? {} : { suite: readSuite(checkout) };
  const step = <T>(script: Script, run: () => Promise<T>): Promise<T | Error> => {
    const { section, title } = SCRIPTS[script];
    if (!wanted.has(script)) return Promise.resolve(new Error(`section ${section} was not asked for`));
    progress(title);
    return recorded({ section, title }, notes, ran, run);
  };
  const quickly = soakFor?.accelerated;
  const soaked = quickly === undefined ? {} : { soak: await step("soak", quickly) };
  const needsWorkspaces = [...wanted].some((script) => script !== "soak" || (soakFor && !quickly));
  if (!needsWorkspaces) return { ...NOTHING, ...suite, ...soaked };
  const sandbox = await openSandbox({ ...options, transcript: notes });
  try {
    const first = await step("feature1", () => feature1(sandbox));
    const second = await step("feature2", () => feature2(sandbox));
    const third = await step("feature3", () => feature3(sandbox));
    const fourth = await step("feature4", () => feature4(sandbox));
    const fifth = await step("feature5", () => feature5(sandbox));
    const sink = await step("kitchenSink", () => kitchenSink(sandbox));
    const left = await step("evidence", () => {
      if (sink instanceof Error) throw sink;
      return evidence(sandbox, sink, routesTaken(sandbox, wanted));
    });
    const sixth = await step("feature6", () => feature6(sandbox));
    const slowly =
      soakFor === undefined || quickly !== undefined
        ? {}
        : { soak: await step("soak", () => realSoak(sandbox, soakFor.hours)) };
    return {
      feature1: first,
      feature2: second,
      feature3: third,
      feature4: fourth,
      feature5: fifth,
      feature6: sixth,
      kitchenSink: sink,
      evidence: left,
      real: sandbox.real,
      ...suite,
      ...soaked,
      ...slowly,
    };
  } finally {
    await sandbox.close();
  }
}

const UNASKED = new Error("no section that needs workspaces was asked for");
const NOTHING: Observations = {
  feature1: UNASKED,
  feature2: UNASKED,
  feature3: UNASKED,
  feature4: UNASKED,
  feature5: UNASKED,
  feature6: UNASKED,
  kitchenSink: UNASKED,
  evidence: UNASKED,
  real: false,
};

/** The scripts that the criteria rest on, with what those need. Without Feature 1 there is one format only, which nothing else minds. */
function wantedBy(asked: readonly Criterion[]): ReadonlySet<Script> {
  const scripts = Object.keys(SCRIPTS) as Script[];
  const direct = scripts.filter((script) => asked.some(({ id }) => isIn(id, SCRIPTS[script].for)));
  return new Set(direct.flatMap((script) => [...(NEEDS[script] ?? []), script]));
}

/** Which (destination, metastore) pairs the scripts have cloned over a share: Feature 5's four and the two of section 3. */
function routesTaken(sandbox: Sandbox, wanted: ReadonlySet<Script>): readonly Route[] {
  const [one, two] = twoTargets(sandbox).map(({ place, suffix }) => (destination: string) => ({
    destination: destination + suffix,
    metastore: place.metastoreId,
  }));
  if (one === undefined || two === undefined) return [];
  const fanned = [
    one("demo_quick_fanout"),
    two("demo_quick_fanout"),
    two("demo_quick_fanout_again"),
    two("demo_quick_fanout_beside"),
  ];
  const sunk = [one("demo_quick_kitchen_sink"), two("demo_quick_kitchen_sink")];
  return [...(wanted.has("feature5") ? fanned : []), ...sunk];
}

async function recorded<T>(
  what: Pick<Ran, "section" | "title">,
  notes: Transcript,
  ran: Ran[],
  script: () => Promise<T>,
): Promise<T | Error> {
  const began = Date.now();
  const end = (error?: Error) => {
    const seconds = Math.round((Date.now() - began) / 100) / 10;
    ran.push({ ...what, seconds, lines: notes.take(), ...(error ? { error: error.message } : {}) });
  };
  notes.take();
  try {
    const seen = await script();
    end();
    return seen;
  } catch (thrown) {
    const error = thrown instanceof Error ? thrown : new Error(String(thrown));
    end(error);
    return error;
  }
}
