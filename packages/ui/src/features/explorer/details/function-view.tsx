import { useQuery } from "@tanstack/react-query";
import type { Shape } from "../../../api/api.ts";
import { functionDetail } from "../../../api/explorer.ts";
import { ErrorNotice } from "../../../components/notice.tsx";
import { SkeletonRows } from "../../../components/skeleton.tsx";
import { describingObject } from "../../../equivalents/explorer.ts";
import { lineageId } from "../lineage/flow.ts";
import { LineageTab } from "../lineage/lineage-tab.tsx";
import { Actions } from "./actions.tsx";
import { DefinitionTab } from "./definition-tab.tsx";
import { GrantsTab } from "./grants-tab.tsx";
import { Head } from "./head.tsx";
import type { Fact } from "./parts.tsx";
import { Tabbed } from "./tabbed.tsx";

type Routine = Shape<"FunctionDetail">;

export function FunctionView({ catalog, schema, name }: { catalog: string; schema: string; name: string }) {
  const { data, error, refetch } = useQuery(functionDetail(catalog, schema, name));
  if (error !== null) return <ErrorNotice error={error} retry={() => void refetch()} />;
  if (data === undefined) return <SkeletonRows rows={8} label="Reading the function" />;
  const address = { catalog, schema, object: { kind: "function" as const, name } };
  const object = lineageId("function", catalog, schema, name);
  return (
    <>
      <Head
        address={address}
        type="FUNCTION"
        facts={[`${data.language} function`, `owned by ${data.owner}`]}
        comment={data.comment}
        actions={<Actions {...address} />}
      />
      <p className="name mb-3 rounded border border-line bg-surface px-3 py-2">{signatureOf(data)}</p>
      <Tabbed
        label="The function"
        tabs={[
          {
            id: "definition",
            label: "Definition",
            content: (
              <DefinitionTab
                code={{ title: "Body", text: data.definition, dependencies: data.dependencies }}
                facts={factsOf(data)}
                means={describingObject("function", catalog, schema, name)}
              />
            ),
          },
          { id: "lineage", label: "Lineage", content: <LineageTab catalog={catalog} object={object} /> },
          { id: "grants", label: "Grants", content: <GrantsTab grants={data.grants} owner={data.owner} /> },
        ]}
      />
    </>
  );
}

function signatureOf({ name, parameters, returns, return_columns: columns }: Routine): string {
  const taken = parameters.map(
    ({ name: parameter, type, default: value }) =>
      `${parameter} ${type}${value === null ? "" : ` DEFAULT ${value}`}`,
  );
  const table = columns === null ? "" : `(${columns.map((each) => `${each.name} ${each.type}`).join(", ")})`;
  return `${name}(${taken.join(", ")}) → ${returns}${table}`;
}

function factsOf({ owner, language, deterministic, parameters }: Routine): readonly Fact[] {
  return [
    { name: "Owner", value: owner },
    { name: "Language", value: <span className="name">{language}</span> },
    { name: "Deterministic", value: deterministic ? "yes" : "no" },
    ...parameters.flatMap(({ name, comment }) =>
      comment === null ? [] : [{ name: `Parameter ${name}`, value: comment }],
    ),
  ];
}
