import {
  alterViewAs,
  createCatalog,
  createFunction,
  createSchema,
  createView,
  setTableProperties,
} from "@clone-xs/sql";
import { fullName } from "@clone-xs/unity";
import { STAMP_PROPERTY, writeStamp } from "../decide/provenance.ts";
import { sameFunction } from "../plan/definition-steps.ts";
import type { Operation, Step } from "../plan/plan.ts";
import { GOVERNANCE_PERFORMERS } from "./perform-governance.ts";
import { performVolume } from "./perform-files.ts";
import { performClone } from "./perform-tables.ts";
import { performClosing, performOpening } from "./perform-route.ts";
import { dropOrphan } from "./perform-orphans.ts";
import {
  carriesStamp,
  ensure,
  optional,
  type Performed,
  type PerformPorts,
  sendOnce,
  stampOf,
} from "./sending.ts";

type Performer<Kind extends Operation["kind"]> = (
  operation: Extract<Operation, { kind: Kind }>,
  step: Step,
  ports: PerformPorts,
) => Promise<Performed>;

const PERFORMERS: { readonly [Kind in Operation["kind"]]: Performer<Kind> } = {
  create_catalog: ({ catalog, comment }, _, ports) =>
    ensure(createCatalog({ catalog, ...optional({ comment }), ifNotExists: true }), ports),

  create_schema: (operation, step, ports) => {
    const { catalog, schema, comment, source } = operation;
    const stamp = stampOf(step, { source, target: `${catalog}.${schema}` }, ports);
    const properties = { ...operation.properties, [STAMP_PROPERTY]: writeStamp(stamp) };
    return ensure(
      createSchema({ catalog, schema, properties, ...optional({ comment }), ifNotExists: true }),
      ports,
    );
  },

  create_volume: (operation, _, ports) => performVolume(operation, ports),

  create_view: async (operation, step, ports) => {
    const { source, target, text, namespace, columns, comment } = operation;
    const stamp = stampOf(step, { source: fullName(source), target: fullName(target) }, ports);
    const properties = { ...operation.properties, [STAMP_PROPERTY]: writeStamp(stamp) };
    const statement = createView({
      ...target,
      text,
      namespace,
      columns,
      properties,
      ...optional({ comment }),
    });
    await sendOnce(statement, () => carriesStamp(target, stamp, ports), ports);
    return {};
  },

  alter_view: async ({ source, target, text, namespace, adopt }, step, ports) => {
    await ensure(alterViewAs(target, text, namespace), ports);
    if (!adopt) return {};
    const stamp = stampOf(step, { source: fullName(source), target: fullName(target) }, ports);
    return ensure(setTableProperties(target, { [STAMP_PROPERTY]: writeStamp(stamp) }, "view"), ports);
  },

  create_function: async ({ routine, replace, namespace }, _, ports) => {
    const there = async () => {
      const routines = await ports.target.unity.functions(routine.catalog, routine.schema);
      return routines.some((other) => sameName(other.name, routine.name) && sameFunction(other, routine));
    };
    await sendOnce(createFunction({ routine, replace, namespace }), there, ports);
    return {};
  },

  ...GOVERNANCE_PERFORMERS,

  drop_orphan: (operation, _, ports) => dropOrphan(operation, ports),

  open_route: (operation, _, ports) => performOpening(operation, ports),
  close_route: (operation, _, ports) => performClosing(operation, ports),

  clone_table: (operation, step, ports) => performClone(operation, step, ports),
};

/** Carries out one step on the target. Throws what the workspace throws when it does not succeed. */
export function perform(step: Step, ports: PerformPorts): Promise<Performed> {
  // The table is complete by its type; TypeScript cannot see that key and operation belong together.
  const performer = PERFORMERS[step.operation.kind] as Performer<Operation["kind"]>;
  return performer(step.operation, step, ports);
}

function sameName(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
