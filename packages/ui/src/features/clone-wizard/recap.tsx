import type { ReactNode } from "react";
import { Pair } from "../../components/pair.tsx";
import { plural } from "../../format.ts";
import { COPIED, copiedKeys, type Draft } from "./draft.ts";
import { chosenTargets, nameOf } from "./targets.ts";

/** The request so far, in words, beside the controls that make it. */
export function Recap({ draft }: { draft: Draft }) {
  return (
    <aside aria-label="The request so far" className="hidden min-w-0 lg:block">
      <dl className="sticky top-6 space-y-3 border-l border-line py-1 pl-5">
        <Fact name="Catalog">
          <Pair source={draft.source || "…"} destination={draft.destination || "…"} />
        </Fact>
        {draft.elsewhere && <Fact name={draft.fanOut ? "Targets" : "Target"}>{targetsOf(draft)}</Fact>}
        <Fact name="Scope">{scope(draft)}</Fact>
        <Fact name="Copy">
          {draft.cloneType === "DEEP" ? "Deep: the data too" : "Shallow: refers to the source"}
        </Fact>
        <Fact name="Load">{LOADS[draft.loadType]}</Fact>
        <Fact name="Objects">{objects(draft)}</Fact>
        {extras(draft).length > 0 && (
          <Fact name="Besides">
            <ul>
              {extras(draft).map((text) => (
                <li key={text}>{text}</li>
              ))}
            </ul>
          </Fact>
        )}
      </dl>
    </aside>
  );
}

function targetsOf(draft: Draft): string {
  const names = chosenTargets(draft).map(nameOf);
  const atOnce = draft.fanOut && names.length > draft.targetsAtOnce ? `, ${draft.targetsAtOnce} at once` : "";
  return names.length === 0 ? "None yet" : `${names.join(", ")}${atOnce}`;
}

const LOADS = {
  FULL: "Full: everything in scope",
  INCREMENTAL: "Incremental: what the target lacks",
  SELECTIVE: "Selective: what it lacks or has drifted",
};

/** What differs from how a clone is made when nobody says anything. */
function extras(draft: Draft): readonly string[] {
  const conditions = draft.conditions.filter(({ table }) => table.trim() !== "").length;
  const left = copiedKeys.filter((key) => !draft[key]).map((key) => COPIED[key].slice("copy_".length));
  const facts: readonly (readonly [boolean, string])[] = [
    [
      draft.quiesce,
      `Writers stopped until ${draft.quiesceUntil === "cloned" ? "cloned" : "versions are read"}`,
    ],
    [draft.asOf === "timestamp", `As of ${draft.asOfTimestamp || "…"}`],
    [draft.asOf === "version", `At version ${draft.asOfVersion || "…"}`],
    [draft.schemaOnly, "No rows"],
    [conditions > 0, `Only some rows of ${plural(conditions, "table")}`],
    [draft.objects.length > 0, `Only ${plural(draft.objects.length, "object")} by name`],
    [draft.location.trim() !== "", `Under ${draft.location}`],
    [left.length > 0, `Without ${left.join(", ")}`],
    [draft.access === "refuse", "Refused when somebody gains access"],
    [draft.prune === "drop", "Orphaned clones are dropped"],
    [!draft.rollback, "No record to roll back by"],
    [draft.strict, "Strict"],
    [draft.validate, "Copies are compared afterwards"],
    ...Object.entries(draft.carried).map(
      ([key, value]) => [true, `${key}: ${JSON.stringify(value)}`] as const,
    ),
  ];
  return facts.flatMap(([holds, text]) => (holds ? [text] : []));
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt className="text-tiny font-medium text-ink-faint">{name}</dt>
      <dd className="min-w-0 wrap-anywhere">{children}</dd>
    </div>
  );
}

function scope({ scope, included, excluded, includeTables, excludeTables }: Draft): string {
  const schemas =
    scope === "only"
      ? included.length === 0
        ? "No schema yet"
        : `${plural(included.length, "schema")}: ${included.join(", ")}`
      : excluded.length === 0
        ? "All schemas"
        : `All schemas but ${excluded.join(", ")}`;
  const patterns = [
    includeTables === "" ? "" : `tables like ${includeTables}`,
    excludeTables === "" ? "" : `no tables like ${excludeTables}`,
  ];
  return [schemas, ...patterns.filter((text) => text !== "")].join("; ");
}

function objects({ views, functions, volumes }: Draft): string {
  const kinds = [
    "tables",
    ...(views ? ["views"] : []),
    ...(functions ? ["functions"] : []),
    ...(volumes ? ["volumes"] : []),
  ];
  return kinds.length === 1 ? "tables only" : `${kinds.slice(0, -1).join(", ")} and ${kinds.at(-1)}`;
}
