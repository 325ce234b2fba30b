import {
  BaseEdge,
  Controls,
  type Edge,
  type EdgeProps,
  Handle,
  MarkerType,
  type Node,
  type NodeProps,
  Position,
  ReactFlow,
  ReactFlowProvider,
  useReactFlow,
  useStore,
} from "@xyflow/react";
import "@xyflow/react/dist/style.css";
import { clsx } from "clsx";
import { useEffect, useMemo } from "react";
import { ObjectLink } from "../object-link.tsx";
import { ObjectIcon } from "../tree/object-icon.tsx";
import { flowOf, type Graph, type LineageEdge, type LineageNode } from "./flow.ts";
import "./graph.css";
import { type Layout, layout, NODE, type Point } from "./layout.ts";
import { pathThrough } from "./path.ts";

export interface LineageGraphProps {
  readonly graph: Graph;
  /** The node that everything is seen from. */
  readonly center?: string | undefined;
  readonly label: string;
}

/** A lineage as a picture: to be moved and enlarged, each node a link. The same in words stands beside it. */
export default function LineageGraph(props: LineageGraphProps) {
  return (
    <ReactFlowProvider>
      <Picture {...props} />
    </ReactFlowProvider>
  );
}

/** Room for the controls, in pixels. */
const FIT = {
  padding: { top: "18px", left: "14px", right: "14px", bottom: "46px" },
  maxZoom: 1,
  minZoom: 0.25,
} as const;

function Picture({ graph, center, label }: LineageGraphProps) {
  const placed = useMemo(() => layout(graph), [graph]);
  const nodes = useMemo(() => nodesOf(graph, placed, center), [graph, placed, center]);
  const edges = useMemo(() => edgesOf(placed, center), [placed, center]);
  return (
    <div
      role="group"
      aria-label={label}
      // As flat as the graph is; too long a one is for moving about.
      style={{ aspectRatio: `${placed.width + 40} / ${placed.height + 90}` }}
      className="lineage max-h-120 min-h-56 w-full overflow-hidden rounded border border-line bg-sunken"
      // The browser brings a focused link into sight by scrolling; here the picture moves instead.
      onScrollCapture={(event) => {
        if (event.target instanceof HTMLElement) event.target.scrollTo(0, 0);
      }}
    >
      <ReactFlow
        nodes={nodes}
        edges={edges}
        nodeTypes={NODE_TYPES}
        edgeTypes={EDGE_TYPES}
        fitView
        fitViewOptions={FIT}
        minZoom={0.1}
        maxZoom={1.6}
        nodesDraggable={false}
        nodesConnectable={false}
        nodesFocusable={false}
        edgesFocusable={false}
        elementsSelectable={false}
        onlyRenderVisibleElements={nodes.length > 200}
        preventScrolling={false}
        zoomOnScroll={false}
        zoomOnDoubleClick={false}
      >
        <FitAgain />
        <Controls showInteractive={false} orientation="horizontal" fitViewOptions={FIT} />
      </ReactFlow>
    </div>
  );
}

/** Shows all of it again when the picture has got another size. */
function FitAgain() {
  const { fitView } = useReactFlow();
  const width = useStore((state) => state.width);
  useEffect(() => {
    if (width > 0) void fitView(FIT);
  }, [width, fitView]);
  return null;
}

type ObjectNode = Node<{ readonly node: LineageNode; readonly central: boolean }, "object">;

function nodesOf(graph: Graph, placed: Layout, center: string | undefined): ObjectNode[] {
  const byId = new Map(graph.nodes.map((node) => [node.id, node]));
  return placed.nodes.flatMap(({ id, x, y }) => {
    const node = byId.get(id);
    return node === undefined
      ? []
      : [
          {
            id,
            type: "object" as const,
            position: { x, y },
            ...NODE,
            sourcePosition: Position.Right,
            targetPosition: Position.Left,
            data: { node, central: id === center },
          },
        ];
  });
}

type ObjectEdge = Edge<{ readonly through: readonly Point[] }, "through">;

const LINES: Readonly<Record<LineageEdge["why"], string>> = {
  reads: "",
  calls: "dashed",
  masks: "dotted",
  filters: "dotted",
  references: "dashed",
  cloned_from: "dotted",
};

/** What stands on a line: short, as it must not hide it. Most lines read, and have no word. */
const MARKS: Readonly<Record<Exclude<LineageEdge["why"], "reads">, string>> = {
  calls: "calls",
  masks: "masks",
  filters: "filters",
  references: "key",
  cloned_from: "clone",
};

function edgesOf({ edges }: Layout, center: string | undefined): ObjectEdge[] {
  return edges.map(({ edge, through }) => {
    const { from, to, why } = edge;
    const { up, down } = flowOf(edge);
    const near = from === center || to === center;
    const color = near ? "var(--accent)" : "var(--line-strong)";
    return {
      id: `${from} ${why} ${to}`,
      type: "through",
      source: up,
      target: down,
      className: clsx(LINES[why], near && "near"),
      markerEnd: { type: MarkerType.ArrowClosed, width: 14, height: 14, color },
      data: { through },
      ...(why === "reads" ? {} : { label: MARKS[why] }),
    };
  });
}

const NODE_TYPES = { object: ObjectBox };
const EDGE_TYPES = { through: ThroughEdge };

function ThroughEdge({ sourceX, sourceY, targetX, targetY, data, label, markerEnd }: EdgeProps<ObjectEdge>) {
  const from = { x: sourceX, y: sourceY };
  const to = { x: targetX, y: targetY };
  const { path, middle } = pathThrough(from, data?.through ?? [], to);
  return (
    <BaseEdge
      path={path}
      labelX={middle.x}
      labelY={middle.y}
      label={label}
      labelBgPadding={[4, 1]}
      {...(markerEnd === undefined ? {} : { markerEnd })}
    />
  );
}

function ObjectBox({
  data: { node, central },
  positionAbsoluteX: x,
  positionAbsoluteY: y,
}: NodeProps<ObjectNode>) {
  const flow = useReactFlow();
  const show = () =>
    void flow.setCenter(x + NODE.width / 2, y + NODE.height / 2, { zoom: flow.getZoom(), duration: 150 });
  const where = node.other_catalog ? `${node.catalog}.${node.schema}` : node.schema;
  return (
    <>
      <Handle type="target" position={Position.Left} isConnectable={false} />
      <ObjectLink
        target={node}
        onKeyUp={(event) => event.key === "Tab" && show()}
        title={`${node.catalog}.${node.schema}.${node.name}${node.note === null ? "" : `\n${node.note}`}`}
        aria-current={central}
        className={clsx(
          "nodrag nopan pointer-events-auto flex h-11 w-43 items-center gap-2 rounded border bg-surface px-2 -outline-offset-1",
          central ? "border-accent ring-1 ring-accent" : "border-line-strong/60 hover:border-ink-soft",
          (node.other_catalog || node.kind === "unknown") && "border-dashed",
        )}
      >
        <ObjectIcon type={node.kind.toUpperCase()} className={central ? "text-accent" : "text-ink-faint"} />
        <span className="min-w-0 leading-tight">
          <span className="name block truncate text-small text-ink">{node.name}</span>
          <span className="name block truncate text-tiny text-ink-faint">
            {where}
            {node.note !== null && <span className="text-warn"> (!)</span>}
          </span>
        </span>
      </ObjectLink>
      <Handle type="source" position={Position.Right} isConnectable={false} />
    </>
  );
}
