import { useQuery } from "@tanstack/react-query";
import { lazy, type ReactNode, Suspense, useMemo } from "react";
import { lineageOf } from "../../../api/explorer.ts";
import { DataTable } from "../../../components/data-table.tsx";
import { Empty } from "../../../components/empty.tsx";
import { ErrorNotice, Notice } from "../../../components/notice.tsx";
import { plural } from "../../../format.ts";
import { ObjectName } from "../object-link.tsx";
import {
  aroundObject,
  aroundSchema,
  type Graph,
  type LineageEdge,
  type LineageNode,
  sentencesOf,
  WORDS,
} from "./flow.ts";

const LineageGraph = lazy(() => import("./graph.tsx"));

/** More than this on one picture are dots, and slow ones. */
const MOST_DRAWN = 600;

export interface LineageTabProps {
  readonly catalog: string;
  /** Only what a schema holds, and what is next to it. */
  readonly schema?: string;
  /** Only what is around one object, by its id. */
  readonly object?: string;
}

/** What is made from what: drawn, and in words. */
export function LineageTab({ catalog, schema, object }: LineageTabProps) {
  const { data, error, refetch } = useQuery(lineageOf(catalog));
  const graph = useMemo(
    () => (data === undefined ? undefined : shown(data, schema, object)),
    [data, schema, object],
  );
  if (error !== null) return <ErrorNotice error={error} retry={() => void refetch()} />;
  if (graph === undefined || data === undefined) return <GraphPlace label="Reading the definitions" />;
  const label = `Lineage of ${object === undefined ? (schema ?? catalog) : object.slice(object.indexOf(":") + 1)}`;
  return (
    <div className="space-y-4">
      {data.unread.length > 0 && (
        <Notice tone="warn" title={`${plural(data.unread.length, "schema")} could not be looked into`}>
          {data.unread.map(({ schema: name, error: { message } }) => (
            <p key={name}>{message}</p>
          ))}
        </Notice>
      )}
      <Notes nodes={graph.nodes} />
      {graph.edges.length === 0 ? (
        <Empty>
          {object === undefined
            ? "No view reads another object here, and nothing is masked, keyed or cloned."
            : "Nothing is known to be made from this, nor this from anything."}
        </Empty>
      ) : (
        <>
          {graph.nodes.length > MOST_DRAWN ? (
            <Notice title={`${plural(graph.nodes.length, "object")} are too many to draw`}>
              Choose a schema or an object; everything stands in the list below.
            </Notice>
          ) : (
            <Suspense fallback={<GraphPlace label="Drawing the lineage" />}>
              <LineageGraph key={label} graph={graph} center={object} label={label} />
            </Suspense>
          )}
          {object === undefined ? <Edges graph={graph} /> : <Sentences graph={graph} object={object} />}
        </>
      )}
    </div>
  );
}

function shown(lineage: Graph, schema: string | undefined, object: string | undefined): Graph {
  if (object !== undefined) return aroundObject(lineage, object);
  return schema === undefined ? lineage : aroundSchema(lineage, schema);
}

function GraphPlace({ label }: { label: string }) {
  return (
    <div
      role="status"
      aria-label={label}
      className="h-96 animate-pulse rounded border border-line bg-sunken"
    />
  );
}

/** What could not be understood, or is not there. */
function Notes({ nodes }: { nodes: readonly LineageNode[] }) {
  const noted = nodes.filter(({ note }) => note !== null);
  if (noted.length === 0) return null;
  return (
    <Notice tone="warn" title={`Not all is known of ${plural(noted.length, "object")}`}>
      <ul className="space-y-0.5">
        {noted.slice(0, 8).map((node) => (
          <li key={node.id}>
            <ObjectName target={node} /> {node.note}
          </li>
        ))}
        {noted.length > 8 && <li>and {plural(noted.length - 8, "more")}</li>}
      </ul>
    </Notice>
  );
}

function Sentences({ graph, object }: { graph: Graph; object: string }) {
  const sentences = sentencesOf(graph, object);
  return (
    <dl aria-label="In words" className="divide-y divide-line rounded border border-line bg-surface">
      {sentences.map(({ words, nodes }) => (
        <div key={words} className="grid gap-x-4 gap-y-1 px-3 py-2 sm:grid-cols-[9rem_minmax(0,1fr)]">
          <dt className="label">{words[0]?.toUpperCase() + words.slice(1)}</dt>
          <dd className="flex min-w-0 flex-wrap gap-x-4 gap-y-1">
            {nodes.map((node) => (
              <ObjectName key={node.id} target={node} />
            ))}
          </dd>
        </div>
      ))}
    </dl>
  );
}

interface EdgeRow {
  readonly key: string;
  readonly from: LineageNode;
  readonly to: LineageNode;
  readonly why: LineageEdge["why"];
}

function Edges({ graph: { nodes, edges } }: { graph: Graph }) {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const rows = edges.flatMap(({ from, to, why }): readonly EdgeRow[] => {
    const [one, other] = [byId.get(from), byId.get(to)];
    return one && other ? [{ key: `${from} ${why} ${to}`, from: one, to: other, why }] : [];
  });
  const end = (node: LineageNode): ReactNode => <ObjectName target={node} short={!node.other_catalog} />;
  return (
    <DataTable
      label="Lineage in words"
      rows={rows}
      keyOf={({ key }) => key}
      maxHeight="22rem"
      empty="Nothing"
      columns={[
        {
          id: "from",
          label: "This",
          width: "minmax(0,1fr)",
          cell: ({ from }) => end(from),
          sortBy: ({ from }) => from.id,
        },
        {
          id: "why",
          label: "How",
          width: "6.5rem",
          cell: ({ why }) => WORDS[why].active,
          sortBy: ({ why }) => why,
        },
        {
          id: "to",
          label: "That",
          width: "minmax(0,1fr)",
          cell: ({ to }) => end(to),
          sortBy: ({ to }) => to.id,
        },
      ]}
    />
  );
}
