import { clsx } from "clsx";
import type { Shape } from "../../../api/api.ts";
import { Badge } from "../../../components/badge.tsx";
import { DataTable } from "../../../components/data-table.tsx";

type Table = Shape<"TableDetail">;
type Column = Table["columns"][number];

/** Columns in their order, with what stands on each: keys, masks, partitions, tags. */
export function ColumnsTab({ table }: { table: Table }) {
  return (
    <DataTable
      label="Columns"
      rows={table.columns}
      keyOf={({ name }) => name}
      empty="It has no columns."
      columns={[
        {
          id: "name",
          label: "Column",
          width: "minmax(0,1fr)",
          cell: ({ name }) => (
            <span className="name" title={name}>
              {name}
            </span>
          ),
          sortBy: ({ name }) => name,
        },
        {
          id: "type",
          label: "Type",
          width: "minmax(0,0.75fr)",
          cell: ({ type }) => (
            <span className="name text-ink-soft" title={type}>
              {type}
            </span>
          ),
          sortBy: ({ type }) => type,
        },
        {
          id: "marks",
          label: "On it",
          width: "minmax(0,0.9fr)",
          cell: (column) => <Marks column={column} table={table} />,
        },
        {
          id: "comment",
          label: "Comment",
          width: "minmax(0,1fr)",
          wideOnly: true,
          cell: ({ comment }) => (
            <span className={clsx(comment === null && "text-ink-faint")} title={comment ?? ""}>
              {comment ?? "–"}
            </span>
          ),
        },
      ]}
    />
  );
}

function Marks({ column, table }: { column: Column; table: Table }) {
  const { name, nullable, mask, partition_index: partition } = column;
  const keys = table.constraints.filter((each) => each.kind !== "check" && each.columns.includes(name));
  const tags = table.tags.ok ? table.tags.value.filter(({ column: on }) => on === name) : [];
  return (
    <span className="flex items-center gap-1 overflow-hidden">
      {keys.map((key) => (
        <span
          key={key.name}
          title={key.kind === "foreign_key" ? `${key.name}: ${key.parent_table}` : key.name}
          className="shrink-0"
        >
          <Badge>{key.kind === "primary_key" ? "PK" : "FK"}</Badge>
        </span>
      ))}
      {!nullable && <Badge>not null</Badge>}
      {mask !== null && (
        <span title={`Masked by ${mask.function}`} className="shrink-0">
          <Badge tone="warn">masked</Badge>
        </span>
      )}
      {partition !== null && <Badge>partition {partition + 1}</Badge>}
      {tags.map((tag) => (
        <span key={tag.name} title={`Tag ${tag.name} = ${tag.value}`} className="min-w-0">
          <Badge>{tag.value === "" ? tag.name : `${tag.name}: ${tag.value}`}</Badge>
        </span>
      ))}
    </span>
  );
}
