import type { Mutant } from "./mutant.ts";

const PLAN = "packages/clone/src/plan/plan-clone.test.ts";
const GOVERNANCE = "packages/clone/src/plan/governance/plan-governance.test.ts";
const DECIDE = "packages/clone/src/decide/decide.test.ts";

/** Mistakes in deciding what to do: what is copied, with whom around it, and what is said of the rest. */
export const planningMutants: readonly Mutant[] = [
  {
    pitfall: 1,
    mistake: "a schema that could not be listed is an empty one",
    file: "packages/clone/src/plan/plan-clone.ts",
    right: "...(failure ? [inspectionError(`${schema.catalog}.${schema.schema}`, failure.message)] : []),",
    wrong: "",
    killedBy: {
      file: PLAN,
      test: "pitfall 1: is an error, not an empty schema, when a listing failed at either end",
    },
  },
  {
    pitfall: 4,
    mistake: "what cannot be cloned is left out without a word",
    file: "packages/clone/src/plan/tables.ts",
    right: `case "impossible":
      return uncopied(table, decision);`,
    wrong: `case "impossible":
      return { decision };`,
    killedBy: { file: PLAN, test: "pitfall 4: a " },
  },
  {
    pitfall: 7,
    mistake: "a filter's key is kept as it was typed, and looked up otherwise",
    file: "packages/clone/src/request/where.ts",
    right: "return localKey({ schema, name: table });",
    wrong: "return `${schema}.${table}`;",
    killedBy: {
      file: "packages/clone/src/request/where.test.ts",
      test: "pitfall 7: keys come out as planning looks them up, whatever case and quotes they were typed in",
    },
  },
  {
    pitfall: 8,
    mistake: "a masked table is copied with its rows, and masked afterwards",
    file: "packages/clone/src/decide/cloneable.ts",
    right: "const covered = schemaOnly ? undefined : coveredReason(table);",
    wrong: "const covered = schemaOnly || !schemaOnly ? undefined : coveredReason(table);",
    killedBy: {
      file: PLAN,
      test: "pitfall 8: is not copied with its rows to be covered afterwards: it stands in the residue",
    },
  },
  {
    pitfall: 9,
    mistake: "nothing on the disk knows of the masks of a copy that is replaced",
    file: "packages/clone/src/plan/governance/masks.ts",
    right: "return [...own, ...sourceFilter(object, places, planning), ...keptPolicies(object)];",
    wrong: "return [...own, ...sourceFilter(object, places, planning)];",
    killedBy: {
      file: GOVERNANCE,
      test: "pitfall 9: are in the plan to be looked for after the clone, column by column that is still there",
    },
  },
  {
    pitfall: 10,
    mistake: "inherited privileges are read as direct grants",
    file: "packages/clone/src/inspect/governance.ts",
    right: "where: sql`inherited_from = 'NONE'`,",
    wrong: "",
    killedBy: {
      file: "packages/clone/test/governance.full.test.ts",
      test: "pitfall 10: what a table inherits is granted where it was given, and not again on the copy itself",
    },
  },
  {
    pitfall: 11,
    mistake: "a copy may be made over the source's own files",
    file: "packages/clone/src/plan/locations.ts",
    right: "return other === undefined ? [] : [overlapError(object, path, other)];",
    wrong: "return [];",
    killedBy: { file: "packages/clone/src/plan/locations.test.ts", test: "pitfall 11: is refused at " },
  },
  {
    pitfall: 12,
    mistake: "maintenance of the source counts as drift",
    file: "packages/clone/src/decide/change.ts",
    right: `const NEUTRAL = new Set([
  "OPTIMIZE",`,
    wrong: "const NEUTRAL = new Set([",
    killedBy: { file: DECIDE, test: "pitfall 12: when " },
  },
  {
    pitfall: 12,
    mistake: "the source's version is compared with the target's",
    file: "packages/clone/src/decide/judge.ts",
    right: "const cloned = { version: BigInt(stamp.version), timestamp: stamp.versionTimestamp };",
    wrong:
      "const cloned = { version: BigInt(targetHistory?.entries?.[0]?.version ?? stamp.version), timestamp: null };",
    killedBy: { file: DECIDE, test: "pitfall 12: when " },
  },
  {
    pitfall: 21,
    mistake: "views are made without regard to what they read",
    file: "packages/clone/src/plan/definitions.ts",
    right: "const dependsOn = one.needs.flatMap((id) => planned.get(id)?.step?.id ?? []);",
    wrong: "const dependsOn: string[] = [];",
    killedBy: {
      file: PLAN,
      test: "pitfall 21: are made after each other, whatever their order in the listing",
    },
  },
  {
    pitfall: 21,
    mistake: "comments of a view and its columns are lost when they change",
    file: "packages/clone/src/plan/governance/comments.ts",
    right: "return [...ownComment(object), ...viewColumns(object)];",
    wrong: "return ownComment(object);",
    killedBy: {
      file: GOVERNANCE,
      test: "pitfall 21: of views and their columns follow the source also where the view is in sync",
    },
  },
  {
    pitfall: 22,
    mistake: "a function is made from the source's text, which names what is not there",
    file: "packages/clone/src/plan/definition-steps.ts",
    right: "{ ...target, definition: text }, planning);",
    wrong: "{ ...target, definition: defined.routine.definition }, planning);",
    killedBy: {
      file: PLAN,
      test: "pitfall 22: a function is made from a text that works on the target, after what it calls",
    },
  },
  {
    pitfall: 22,
    mistake: "a mask does not wait for its function",
    file: "packages/clone/src/plan/governance/masks.ts",
    right: `needs: made.step === undefined ? [] : [stepId("function", name)] };`,
    wrong: "needs: [] };",
    killedBy: {
      file: PLAN,
      test: "pitfall 22: gets its mask after the function that masks, where it is made without rows",
    },
  },
  {
    pitfall: 23,
    mistake: "tags and grants that could not be read are tags and grants that are not there",
    file: "packages/clone/src/plan/governance/plan-governance.ts",
    right: "read?.ok === false ? [{ object: source.catalog.name, what, reason: read.failure.message }] : [],",
    wrong: "read === undefined && what === undefined ? [] : [],",
    killedBy: { file: GOVERNANCE, test: "pitfall 23: what could not be read" },
  },
  {
    pitfall: 24,
    mistake: "every tag is a statement",
    file: "packages/clone/src/plan/governance/tags.ts",
    right: "return [...change(target, undefined, own), ...columnChanges(object, tags)];",
    wrong: `return [
    ...Object.entries(own).flatMap(([tag, value]) => change(target, tag, { [tag]: value })),
    ...columnChanges(object, tags),
  ];`,
    killedBy: {
      file: GOVERNANCE,
      test: "pitfall 24: are set by one statement for an object and one for a column",
    },
  },
  {
    pitfall: 30,
    mistake: "a full load replaces what was never a clone",
    file: "packages/clone/src/decide/decide.ts",
    right: `if (reason === "foreign") return request.replaceForeign ? "clone" : "refuse";`,
    wrong: `if (reason === "foreign") return "clone";`,
    killedBy: { file: PLAN, test: "pitfall 30: refuses the run because of " },
  },
  {
    pitfall: 31,
    mistake: "a filtered copy of a masked table writes what the runner is shown as data",
    file: "packages/clone/src/plan/tables.ts",
    right: "impossibleReason(table, request.cloneType, request.schemaOnly || lifted) ??",
    wrong:
      "impossibleReason(table, request.cloneType, request.schemaOnly || localKey(table) in request.where) ??",
    killedBy: {
      file: PLAN,
      test: "pitfall 31: is not copied by a query either, which would write what the runner is shown as data",
    },
  },
  {
    pitfall: 31,
    mistake: "a copy is opened to readers before it is masked",
    file: "packages/clone/src/plan/governance/plan-governance.ts",
    right: `stage === "grants" ? [...(masked.get(object.key) ?? []), ...covers] : []`,
    wrong: `stage === "grants" && masked.size < 0 ? [...(masked.get(object.key) ?? []), ...covers] : []`,
    killedBy: { file: GOVERNANCE, test: "pitfall 31: wait until everything they reach is masked" },
  },
  {
    pitfall: 32,
    mistake: "copies are given away also where the next run could not write any more",
    file: "packages/clone/src/plan/governance/owners.ts",
    right: "const hindrance = isMember(owner, options) ? undefined : hindranceOf(object, options);",
    wrong: "const hindrance = owner === undefined ? hindranceOf(object, options) : undefined;",
    killedBy: {
      file: GOVERNANCE,
      test: "pitfall 32: owners are handed over last, and only where a second run still works",
    },
  },
  {
    pitfall: 34,
    mistake: "nobody is told that the runner may not see everything",
    file: "packages/clone/src/plan/partial-view.ts",
    right: "return showsAll(inventory) ? [hidden] : [objects, hidden];",
    wrong: "return [objects, hidden].slice(2);",
    killedBy: {
      file: PLAN,
      test: "pitfall 34: warns that somebody else than the owner may not see everything",
    },
  },
];
