import type { StepOutcome } from "../execute/outcome.ts";
import type { InspectPorts } from "../inspect/ends.ts";
import { type Inventory, localKey } from "../inspect/inventory.ts";
import type { ClonePlan, Step } from "../plan/plan.ts";
import type { CloneRequest } from "../request/request.ts";
import type { Residue } from "../summarize/summary.ts";
import { certificateOf, type Certificate, type Verification, verificationOf } from "./certificate.ts";
import { type Subject, subjectsOf } from "./subjects.ts";
import { bothEnds } from "./verify.ts";
import { verifyObjects } from "./verify-objects.ts";

/** What a run did. */
export interface Cloned {
  readonly plan: ClonePlan;
  readonly outcomes: ReadonlyMap<string, StepOutcome>;
}

/**
 * Compares the objects that a run made with their sources. What the run itself tells not to have copied is no difference.
 * Throws what ends the comparison as a whole.
 */
export async function verifyRun(
  cloned: Cloned,
  request: CloneRequest,
  ports: InspectPorts,
): Promise<Verification> {
  const ends = await bothEnds(request, ports);
  const there = sourceObjects(ends.source);
  const made = madeObjects(cloned);
  const subjects = made.flatMap(({ key }) => there.get(key) ?? []);
  const gone = made.filter(({ key }) => !there.has(key)).map(vanished);
  const { objects } = await verifyObjects(
    subjects,
    ends,
    {
      rows: "hash",
      // Files were read again when they were copied.
      content: false,
      aspects: request.copy,
      parallel: request.maxParallel,
      added: Object.keys(request.tableProperties),
      known: residueOf(cloned),
    },
    ports,
  );
  return verificationOf([...objects, ...gone]);
}

type Kind = Subject["kind"];

interface Made {
  readonly kind: Kind;
  readonly name: string;
  readonly key: string;
}

function madeObjects({ plan, outcomes }: Cloned): readonly Made[] {
  return plan.steps.filter(({ id }) => outcomes.get(id)?.state === "succeeded").flatMap(madeBy);
}

function madeBy({ kind, operation }: Step): readonly Made[] {
  if (kind !== "table" && kind !== "view" && kind !== "function" && kind !== "volume") return [];
  const target = operation.kind === "create_function" ? operation.routine : targetOf(operation);
  if (target === undefined) return [];
  return [{ kind, name: `${target.schema}.${target.name}`, key: `${kind}:${localKey(target)}` }];
}

function targetOf(
  operation: Step["operation"],
): { readonly schema: string; readonly name: string } | undefined {
  if (!("target" in operation) || !("name" in operation.target)) return undefined;
  return "schema" in operation.target ? operation.target : undefined;
}

function sourceObjects({ schemas }: Inventory): ReadonlyMap<string, Subject> {
  return new Map(
    schemas.flatMap(subjectsOf).map((subject) => [`${subject.kind}:${localKey(subject.object)}`, subject]),
  );
}

function vanished({ kind, name }: Made): Certificate {
  return certificateOf({ object: name, kind }, { differs: [], unknown: ["it is no longer on the source"] });
}

function residueOf({ plan, outcomes }: Cloned): readonly Residue[] {
  const late = [...outcomes.values()].flatMap((outcome) =>
    outcome.state === "succeeded" ? (outcome.residue ?? []) : [],
  );
  return [...plan.residue, ...late];
}
