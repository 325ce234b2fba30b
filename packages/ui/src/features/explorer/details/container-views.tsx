import { useQuery } from "@tanstack/react-query";
import type { Shape } from "../../../api/api.ts";
import { catalogDetail, schemaDetail } from "../../../api/explorer.ts";
import { Figures } from "../../../components/figures.tsx";
import { ErrorNotice } from "../../../components/notice.tsx";
import { SkeletonRows } from "../../../components/skeleton.tsx";
import { describingCatalog, describingSchema } from "../../../equivalents/explorer.ts";
import { count } from "../../../format.ts";
import { LineageTab } from "../lineage/lineage-tab.tsx";
import { Actions } from "./actions.tsx";
import { ObjectsTab, SchemasTab } from "./contents-tab.tsx";
import { DefinitionTab } from "./definition-tab.tsx";
import { GrantsTab } from "./grants-tab.tsx";
import { Head } from "./head.tsx";
import { CountedLabel, Tabbed } from "./tabbed.tsx";

export function CatalogView({ catalog }: { catalog: string }) {
  const { data, error, refetch } = useQuery(catalogDetail(catalog));
  if (error !== null) return <ErrorNotice error={error} retry={() => void refetch()} />;
  if (data === undefined) return <SkeletonRows rows={8} label="Reading the catalog" />;
  const { owner, catalog_type: type, share } = data;
  const facts = [
    { name: "Owner", value: owner },
    { name: "Type", value: <span className="name">{type}</span> },
    ...(share === null
      ? []
      : [
          { name: "Mounted from", value: <span className="name">{`${share.provider}.${share.share}`}</span> },
        ]),
  ];
  return (
    <>
      <Head
        address={{ catalog }}
        type="CATALOG"
        facts={[kindOf(type), `owned by ${owner}`]}
        comment={data.comment}
        actions={<Actions catalog={catalog} />}
      />
      <Counts counts={data.counts} />
      <Tabbed
        label="The catalog"
        tabs={[
          { id: "contents", label: schemasLabel(data.counts), content: <SchemasTab catalog={catalog} /> },
          { id: "lineage", label: "Lineage", content: <LineageTab catalog={catalog} /> },
          { id: "grants", label: "Grants", content: <GrantsTab grants={data.grants} owner={owner} /> },
          {
            id: "definition",
            label: "Definition",
            content: (
              <DefinitionTab
                facts={facts}
                properties={data.properties}
                tags={data.tags}
                means={describingCatalog(catalog)}
              />
            ),
          },
        ]}
      />
    </>
  );
}

function kindOf(type: string): string {
  return type === "DELTASHARING_CATALOG" ? "Catalog from a share" : "Catalog";
}

export function SchemaView({ catalog, schema }: { catalog: string; schema: string }) {
  const { data, error, refetch } = useQuery(schemaDetail(catalog, schema));
  if (error !== null) return <ErrorNotice error={error} retry={() => void refetch()} />;
  if (data === undefined) return <SkeletonRows rows={8} label="Reading the schema" />;
  return (
    <>
      <Head
        address={{ catalog, schema }}
        type="SCHEMA"
        facts={["Schema", `owned by ${data.owner}`]}
        comment={data.comment}
        provenance={data.provenance}
        actions={<Actions catalog={catalog} schema={schema} />}
      />
      <Counts counts={data.counts} />
      <Tabbed
        label="The schema"
        tabs={[
          { id: "contents", label: "Objects", content: <ObjectsTab catalog={catalog} schema={schema} /> },
          { id: "lineage", label: "Lineage", content: <LineageTab catalog={catalog} schema={schema} /> },
          { id: "grants", label: "Grants", content: <GrantsTab grants={data.grants} owner={data.owner} /> },
          {
            id: "definition",
            label: "Definition",
            content: (
              <DefinitionTab
                facts={[{ name: "Owner", value: data.owner }]}
                properties={data.properties}
                tags={data.tags}
                means={describingSchema(catalog, schema)}
              />
            ),
          },
        ]}
      />
    </>
  );
}

function schemasLabel(counts: Shape<"ObjectCounts">) {
  return counts.ok ? <CountedLabel text="Schemas" count={counts.value.schemas} /> : "Schemas";
}

const COUNTED = ["tables", "views", "functions", "volumes"] as const;

/** Where they could not be counted a dash stands, and why on it: the contents tell the rest. */
function Counts({ counts }: { counts: Shape<"ObjectCounts"> }) {
  const figures = COUNTED.map((kind) => ({
    name: kind.charAt(0).toUpperCase() + kind.slice(1),
    value: counts.ok ? count(counts.value[kind]) : "–",
  }));
  return (
    <div className="mb-3" {...(counts.ok ? {} : { title: counts.error.message })}>
      <Figures label="Counts" figures={figures} />
    </div>
  );
}
