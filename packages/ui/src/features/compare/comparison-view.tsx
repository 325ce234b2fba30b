import type { CatalogComparison, ComparedObject } from "@clone-xs/server/contract";
import { useMemo, useState } from "react";
import type { CompareSearch } from "../../app/search.ts";
import { Empty } from "../../components/empty.tsx";
import { TextField, SelectField } from "../../components/field.tsx";
import { Notice } from "../../components/notice.tsx";
import { count, plural } from "../../format.ts";
import { NoDifferences } from "./no-differences.tsx";
import type { EndNames } from "./marks.tsx";
import { choicesOf, type Filters, idOf, matching, STATES, treeOf } from "./objects.ts";
import { ObjectPane } from "./object-pane.tsx";
import { ObjectTree } from "./object-tree.tsx";
import { StateFilter } from "./state-filter.tsx";

export interface ComparisonViewProps {
  readonly found: CatalogComparison;
  readonly search: CompareSearch;
  /** Changes what the address says of the list; nothing is asked anew. */
  readonly onSearch: (change: Partial<CompareSearch>) => void;
}

/** The objects of both catalogs to the left, the chosen one to the right. */
export function ComparisonView({ found, search, onSearch }: ComparisonViewProps) {
  const names = namesOf(found, search.target);
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set());
  const filters = useMemo(() => filtersOf(search, found), [search, found]);
  const choices = useMemo(() => choicesOf(found), [found]);
  const shown = useMemo(() => matching(found.objects, filters), [found, filters]);
  const lines = useMemo(() => treeOf(found.objects, shown, closed), [found, shown, closed]);
  const open = found.objects.find((object) => idOf(object) === search.object) ?? firstOf(shown);
  const toggle = (schema: string) => {
    const next = new Set(closed);
    if (!next.delete(schema)) next.add(schema);
    setClosed(next);
  };
  const inWords = ([name, objects]: readonly [string, number]) => ({
    value: name,
    label: `${name} (${count(objects)})`,
  });
  return (
    <div className="space-y-4">
      {isAlike(found) && <NoDifferences found={found} names={names} />}
      {found.unread.map(({ what, reason }) => (
        <Notice key={what} tone="warn" title={`The ${what} could not be compared.`}>
          {reason}
        </Notice>
      ))}
      <StateFilter
        figures={found.figures}
        names={names}
        chosen={filters.states}
        onChange={(states) => onSearch({ show: states.join(",") || "none" })}
      />
      <div className="grid grid-cols-2 gap-x-4 gap-y-3 lg:grid-cols-[minmax(0,2fr)_repeat(3,minmax(0,1fr))]">
        <TextField
          label="Find"
          type="search"
          value={search.q ?? ""}
          placeholder="An object, a column, a property"
          onChange={(q) => onSearch({ q })}
        />
        <SelectField
          label="Schema"
          value={filters.schema}
          choices={[{ value: "", label: "All schemas" }, ...choices.schemas.map(inWords)]}
          onChange={(schema) => onSearch({ schema })}
        />
        <SelectField
          label="Kind"
          value={filters.kind}
          choices={[{ value: "", label: "All kinds" }, ...choices.kinds.map(inWords)]}
          onChange={(kind) => onSearch({ kind })}
        />
        <SelectField
          label="What differs"
          value={filters.what}
          choices={[{ value: "", label: "Anything" }, ...choices.aspects.map(inWords)]}
          onChange={(what) => onSearch({ what })}
        />
      </div>
      <p role="status" className="text-small text-ink-soft">
        {plural(shown.length, "object")} of {count(found.objects.length)}
      </p>
      {shown.length === 0 ? (
        <Empty>No object meets these filters.</Empty>
      ) : (
        <div className="grid items-start gap-4 lg:grid-cols-[19rem_minmax(0,1fr)]">
          <ObjectTree
            lines={lines}
            names={names}
            chosen={open === undefined ? undefined : idOf(open)}
            onChoose={({ object }) => onSearch({ object: idOf(object) })}
            onToggle={toggle}
          />
          {open !== undefined && <ObjectPane key={idOf(open)} object={open} names={names} search={search} />}
        </div>
      )}
    </div>
  );
}

/** A catalog elsewhere may have the source's own name. */
function namesOf(
  { source_catalog, destination_catalog }: CatalogComparison,
  target: string | undefined,
): EndNames {
  const at = target === undefined ? "" : ` at ${target}`;
  return { source: source_catalog, destination: `${destination_catalog}${at}` };
}

/** Nothing differs, as far as could be seen. */
function isAlike({ figures }: CatalogComparison): boolean {
  return figures.differs + figures.only_source + figures.only_target === 0;
}

/** What somebody comes for: the first that does not stand the same. */
function firstOf(shown: readonly ComparedObject[]): ComparedObject | undefined {
  return shown.find(({ state }) => state !== "same") ?? shown[0];
}

/** Unless the address says otherwise, what is the same is left out where there is anything else. */
function filtersOf(search: CompareSearch, found: CatalogComparison): Filters {
  const { show, kind = "", schema = "", what = "", q: text = "" } = search;
  const others = STATES.filter((state) => state !== "same");
  const usual = others.every((state) => found.figures[state] === 0) ? STATES : others;
  const states = show === undefined ? usual : STATES.filter((state) => show.split(",").includes(state));
  return { states, kind, schema, what, text };
}
