import { useQuery } from "@tanstack/react-query";
import type { Shape } from "../../../api/api.ts";
import { tableDetail } from "../../../api/explorer.ts";
import { type Figure, Figures } from "../../../components/figures.tsx";
import { ErrorNotice } from "../../../components/notice.tsx";
import { SkeletonRows } from "../../../components/skeleton.tsx";
import type { Tab } from "../../../components/tabs.tsx";
import { describingObject } from "../../../equivalents/explorer.ts";
import { ago, bytes, count } from "../../../format.ts";
import { lineageId } from "../lineage/flow.ts";
import { LineageTab } from "../lineage/lineage-tab.tsx";
import { FullName } from "../object-link.tsx";
import { Actions } from "./actions.tsx";
import { ColumnsTab } from "./columns-tab.tsx";
import { DefinitionTab } from "./definition-tab.tsx";
import { GrantsTab } from "./grants-tab.tsx";
import { Head } from "./head.tsx";
import { HistoryTab } from "./history-tab.tsx";
import type { Fact } from "./parts.tsx";
import { CountedLabel, Tabbed } from "./tabbed.tsx";

type Table = Shape<"TableDetail">;

/** A table or view. */
export function TableView({ catalog, schema, name }: { catalog: string; schema: string; name: string }) {
  const { data, error, refetch } = useQuery(tableDetail(catalog, schema, name));
  if (error !== null) return <ErrorNotice error={error} retry={() => void refetch()} />;
  if (data === undefined) return <SkeletonRows rows={10} label="Reading the table" />;
  const address = { catalog, schema, object: { kind: "table" as const, name } };
  return (
    <>
      <Head
        address={address}
        type={data.table_type}
        facts={[...kindOf(data), `owned by ${data.owner}`]}
        comment={data.comment}
        provenance={data.provenance}
        actions={
          <Actions
            catalog={catalog}
            schema={schema}
            object={{ kind: data.view === null ? "table" : "view", name }}
          />
        }
      />
      {data.view === null && (
        <div className="mb-3">
          <Figures label="Size" figures={figuresOf(data)} />
          {[data.storage, data.latest].map(
            (part, index) =>
              part?.ok === false && (
                <p key={index} className="mt-1 text-small text-warn wrap-anywhere">
                  {part.error.message}
                </p>
              ),
          )}
        </div>
      )}
      <Tabbed label="The table" tabs={tabsOf(data)} />
    </>
  );
}

function kindOf({ table_type: type, format }: Table): readonly string[] {
  const words = type.toLowerCase().replaceAll("_", " ");
  if (type.includes("VIEW") || type.includes("TABLE"))
    return [words.charAt(0).toUpperCase() + words.slice(1)];
  return [`${words.charAt(0).toUpperCase()}${words.slice(1)} table`, ...(format === null ? [] : [format])];
}

function tabsOf(table: Table): readonly Tab[] {
  const { catalog, schema, name, view } = table;
  const object = lineageId("table", catalog, schema, name);
  const columns: Tab = {
    id: "columns",
    label: <CountedLabel text="Columns" count={table.columns.length} />,
    content: <ColumnsTab table={table} />,
  };
  const lineage: Tab = {
    id: "lineage",
    label: "Lineage",
    content: <LineageTab catalog={catalog} object={object} />,
  };
  const rest: readonly Tab[] = [
    { id: "grants", label: "Grants", content: <GrantsTab grants={table.grants} owner={table.owner} /> },
    { id: "definition", label: "Definition", content: <Definition table={table} /> },
  ];
  if (view !== null || table.latest === null) return [columns, lineage, ...rest];
  const history: Tab = {
    id: "history",
    label: "History",
    content: <HistoryTab catalog={catalog} schema={schema} table={name} />,
  };
  return [columns, history, lineage, ...rest];
}

function figuresOf({ storage, latest }: Table): readonly Figure[] {
  const value = storage?.ok === true ? storage.value : undefined;
  const version = latest?.ok === true ? latest.value : null;
  const text = (given: string | null | undefined, show: (n: number) => string) =>
    given === null || given === undefined ? "–" : show(Number(given));
  return [
    { name: "Size", value: text(value?.size_bytes, bytes) },
    { name: "Files", value: text(value?.files, count) },
    { name: "Version", value: version?.version ?? "–" },
    { name: "Last change", value: version === null ? "–" : ago(version.timestamp, Date.now()) },
  ];
}

function Definition({ table }: { table: Table }) {
  const { catalog, schema, name, view } = table;
  return (
    <DefinitionTab
      {...(view === null
        ? {}
        : { code: { title: "Query", text: view.definition, dependencies: view.dependencies } })}
      facts={factsOf(table)}
      constraints={table.constraints}
      properties={table.properties}
      tags={table.tags}
      means={describingObject("table", catalog, schema, name)}
    />
  );
}

function factsOf({ storage, ...table }: Table): readonly Fact[] {
  const stored = storage?.ok === true ? storage.value : undefined;
  const partitions = table.columns
    .filter(({ partition_index }) => partition_index !== null)
    .sort((a, b) => (a.partition_index ?? 0) - (b.partition_index ?? 0));
  return [
    { name: "Owner", value: table.owner },
    { name: "Type", value: <span className="name">{table.table_type}</span> },
    ...fact("Format", table.format),
    ...(table.row_filter === null
      ? []
      : [
          {
            name: "Row filter",
            value: (
              <>
                <FullName text={table.row_filter.function} kind="function" />{" "}
                <span className="name">({table.row_filter.input_columns.join(", ")})</span>
              </>
            ),
          },
        ]),
    ...table.columns.flatMap(({ name, mask }) =>
      mask === null
        ? []
        : [{ name: `Mask of ${name}`, value: <FullName text={mask.function} kind="function" /> }],
    ),
    ...fact("Partitioned by", partitions.map(({ name }) => name).join(", ")),
    ...fact("Clustered by", (stored?.clustering ?? []).join(", ")),
    ...fact(
      "Names resolve in",
      table.view?.namespace ? `${table.view.namespace.catalog}.${table.view.namespace.schema}` : null,
    ),
    ...fact("Created", stored?.created_at),
    ...fact("Data changed", stored?.modified_at),
    ...fact("Definition changed", table.updated_at),
    ...(storage?.ok === false ? [{ name: "Size", value: storage.error.message }] : []),
    ...fact("Location", table.storage_location),
  ];
}

function fact(name: string, value: string | null | undefined): readonly Fact[] {
  return value === null || value === undefined || value === ""
    ? []
    : [{ name, value: <span className="name">{value}</span> }];
}
