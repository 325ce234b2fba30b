import { criteria } from "./criteria.ts";
import { type Criterion, type Result, judge } from "./criterion.ts";
import { evidence } from "./evidence/script.ts";
import { feature1 } from "./feature-1-formats/script.ts";
import { feature2 } from "./feature-2-selective/script.ts";
import { feature3 } from "./feature-3-quiesce/script.ts";
import { feature4 } from "./feature-4-estimate/script.ts";
import { openSandbox, type Sandbox, type SandboxOptions } from "./harness/workspace.ts";
import { kitchenSink } from "./kitchen-sink/script.ts";
import type { Observations } from "./observations.ts";

export interface ReleaseCheckOptions extends SandboxOptions {
  /** Sections of the runbook, such as `2.1` and `3`; all when absent. What they build on runs as well, and is not judged. */
  readonly only?: readonly string[];
  readonly progress: (line: string) => void;
}

/**
 * Runs the scripts of the runbook against an embedded workspace in another process, and judges each criterion that was asked for.
 * Throws a RangeError for a section that the runbook does not have.
 */
export async function releaseCheck(options: ReleaseCheckOptions): Promise<readonly Result[]> {
  const { only, progress } = options;
  const asked = only === undefined ? criteria : only.flatMap(criteriaOf);
  const sandbox = await openSandbox(options);
  try {
    const seen = await observe(sandbox, new Set(asked.map(({ id }) => id)), progress);
    return asked.map((criterion) => judge(criterion, seen));
  } finally {
    await sandbox.close();
  }
}

/** The criteria of a section: `2.1`, `3`, or one of them alone, `2.1.a`. */
function criteriaOf(section: string): readonly Criterion[] {
  const found = criteria.filter(({ id }) => id === section || id.startsWith(`${section}.`));
  if (found.length > 0) return found;
  const sections = [...new Set(criteria.map(({ id }) => id.split(".").slice(0, -1).join(".")))];
  throw new RangeError(`The runbook has no section ${section}. It has ${sections.join(", ")}.`);
}

/** In the runbook's own order: what one feature leaves behind, the next one finds, so those before the last that is asked for run too. */
async function observe(
  sandbox: Sandbox,
  asked: ReadonlySet<string>,
  progress: (line: string) => void,
): Promise<Observations> {
  const last = Math.max(...SECTIONS.map(([section], at) => (asks(asked, section) ? at : -1)));
  const step = <T>(at: number, script: () => Promise<T>): Promise<T | Error> => {
    const [section, title] = SECTIONS[at] ?? ["", ""];
    if (at > last) return Promise.resolve(new Error(`section ${section} was not asked for`));
    progress(title);
    return attempt(script);
  };
  const first = await step(0, () => feature1(sandbox));
  const second = await step(1, () => feature2(sandbox));
  const third = await step(2, () => feature3(sandbox));
  const fourth = await step(3, () => feature4(sandbox));
  const sink = await step(4, () => kitchenSink(sandbox));
  const left = await step(5, () => {
    if (sink instanceof Error) throw sink;
    return evidence(sandbox, { id: sink.id, result: sink.run.result });
  });
  return {
    feature1: first,
    feature2: second,
    feature3: third,
    feature4: fourth,
    kitchenSink: sink,
    evidence: left,
  };
}

const SECTIONS: readonly (readonly [section: string, title: string])[] = [
  ["2.1", "Feature 1 — Parquet / Iceberg source support"],
  ["2.2", "Feature 2 — Selective re-clone"],
  ["2.3", "Feature 3 — Pre-clone source quiesce"],
  ["2.4", "Feature 4 — Dry-run cost-vs-selective comparison"],
  ["3", "Section 3 — Kitchen sink"],
  ["4", "Section 4 — Evidence"],
];

function asks(asked: ReadonlySet<string>, section: string): boolean {
  return [...asked].some((id) => id.startsWith(`${section}.`));
}

async function attempt<T>(script: () => Promise<T>): Promise<T | Error> {
  try {
    return await script();
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}
