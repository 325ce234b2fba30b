import type { ClonePlan } from "../plan/plan.ts";
import type { DecidedObject } from "./events.ts";

/** Small enough for whoever keeps or sends one event. */
const AT_ONCE = 200;

/** What a plan makes of each object, under the names of the target, in pieces. An orphan that is dropped has a step that tells. */
export function* decidedBy(plan: ClonePlan): Generator<readonly DecidedObject[]> {
  const { destinationCatalog, decisions } = plan;
  const errors = new Map(
    [...plan.blocked, ...plan.refused].map(({ object, code, message }) => [object, { code, message }]),
  );
  const objects = decisions.flatMap(({ schema, name, ...decision }): readonly DecidedObject[] => {
    const object = `${destinationCatalog}.${schema}.${name}`;
    const error = errors.get(object);
    return decision.action === "drop" ? [] : [{ object, ...decision, ...(error ? { error } : {}) }];
  });
  for (let from = 0; from < objects.length; from += AT_ONCE) yield objects.slice(from, from + AT_ONCE);
}
