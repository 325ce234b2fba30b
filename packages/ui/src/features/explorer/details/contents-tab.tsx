import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { objectsOf } from "../../../api/explorer.ts";
import { schemasOf } from "../../../api/queries.ts";
import { DataTable } from "../../../components/data-table.tsx";
import { ErrorNotice } from "../../../components/notice.tsx";
import { SkeletonRows } from "../../../components/skeleton.tsx";
import { searchOf } from "../object-link.tsx";
import { ObjectIcon } from "../tree/object-icon.tsx";

/** The schemas of a catalog; a row leads into it. */
export function SchemasTab({ catalog }: { catalog: string }) {
  const { data, error, refetch } = useQuery(schemasOf(catalog));
  const navigate = useNavigate();
  if (error !== null) return <ErrorNotice error={error} retry={() => void refetch()} />;
  if (data === undefined) return <SkeletonRows rows={4} label="Reading the schemas" />;
  return (
    <DataTable
      label="Schemas"
      rows={data.filter(({ name }) => name !== "information_schema")}
      keyOf={({ name }) => name}
      onOpen={({ name }) => void navigate({ to: "/explorer", search: { catalog, schema: name } })}
      empty="It has no schemas."
      columns={[
        {
          id: "name",
          label: "Schema",
          width: "minmax(0,1fr)",
          cell: ({ name }) => <Named type="SCHEMA" name={name} />,
          sortBy: ({ name }) => name,
        },
        {
          id: "owner",
          label: "Owner",
          width: "minmax(0,1fr)",
          wideOnly: true,
          cell: ({ owner }) => owner,
          sortBy: ({ owner }) => owner,
        },
        { id: "comment", label: "Comment", width: "minmax(0,1.4fr)", cell: ({ comment }) => comment ?? "–" },
      ]}
    />
  );
}

/** What is in a schema; a row leads to it. */
export function ObjectsTab({ catalog, schema }: { catalog: string; schema: string }) {
  const { data, error, refetch } = useQuery(objectsOf(catalog, schema));
  const navigate = useNavigate();
  if (error !== null) return <ErrorNotice error={error} retry={() => void refetch()} />;
  if (data === undefined) return <SkeletonRows rows={6} label="Reading the objects" />;
  return (
    <DataTable
      label="Objects"
      rows={data}
      keyOf={({ kind, name }) => `${kind} ${name}`}
      onOpen={({ kind, name }) =>
        void navigate({ to: "/explorer", search: searchOf({ kind, catalog, schema, name }) })
      }
      empty="There is nothing in it."
      columns={[
        {
          id: "name",
          label: "Name",
          width: "minmax(0,1fr)",
          cell: ({ type, name }) => <Named type={type} name={name} />,
          sortBy: ({ name }) => name,
        },
        {
          id: "note",
          label: "Kind",
          width: "minmax(0,0.8fr)",
          cell: ({ note }) => <span className="text-ink-soft">{note}</span>,
          sortBy: ({ type }) => type,
        },
        {
          id: "comment",
          label: "Comment",
          width: "minmax(0,1.2fr)",
          wideOnly: true,
          cell: ({ comment }) => <span title={comment ?? ""}>{comment ?? "–"}</span>,
        },
      ]}
    />
  );
}

function Named({ type, name }: { type: string; name: string }) {
  return (
    <span className="flex items-center gap-2" title={name}>
      <ObjectIcon type={type} className="text-ink-faint" />
      <span className="name truncate">{name}</span>
    </span>
  );
}
