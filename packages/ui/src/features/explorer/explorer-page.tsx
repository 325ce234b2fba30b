import { useNavigate, useSearch } from "@tanstack/react-router";
import { clsx } from "clsx";
import type { ExplorerSearch } from "../../app/search.ts";
import { Empty } from "../../components/empty.tsx";
import { PageHead } from "../../components/page-head.tsx";
import { CatalogView, SchemaView } from "./details/container-views.tsx";
import { FunctionView } from "./details/function-view.tsx";
import { TableView } from "./details/table-view.tsx";
import { VolumeView } from "./details/volume-view.tsx";
import { Tree } from "./tree/tree.tsx";
import type { TreeAddress } from "./tree/tree-rows.ts";

/**
 * `/explorer`: what the workspace has as a tree, and one thing of it in full. What is open is in the address; on a narrow screen the two
 * stand one after the other.
 */
export function ExplorerPage() {
  const search = useSearch({ from: "/explorer" });
  const navigate = useNavigate({ from: "/explorer" });
  const chosen = addressOf(search);
  const choose = ({ catalog, schema, object }: TreeAddress) =>
    void navigate({
      search: {
        catalog,
        ...(schema === undefined ? {} : { schema }),
        ...(object === undefined ? {} : { object: object.name }),
        ...(object === undefined || object.kind === "table" ? {} : { kind: object.kind }),
      },
    });
  return (
    <div>
      <div className={clsx(chosen !== undefined && "max-md:hidden")}>
        <PageHead title="Explorer" tab={tabOf(search)} />
      </div>
      <div className="grid items-start gap-x-6 gap-y-4 md:grid-cols-[15rem_minmax(0,1fr)] xl:grid-cols-[17rem_minmax(0,1fr)]">
        <div
          className={clsx(
            "flex min-w-0 flex-col md:sticky md:top-6 md:h-[calc(100dvh-8.5rem)]",
            "h-[calc(100dvh-12rem)] min-h-80",
            chosen !== undefined && "max-md:hidden",
          )}
        >
          <Tree chosen={chosen} onChoose={choose} />
        </div>
        <div className={clsx("min-w-0", chosen === undefined && "max-md:hidden")}>
          <Details search={search} />
        </div>
      </div>
    </div>
  );
}

function tabOf({ catalog, schema, object }: ExplorerSearch): string {
  const open = [catalog, schema, object].filter((name) => name !== undefined).join(".");
  return open === "" ? "Explorer" : `${open} · Explorer`;
}

function addressOf({ catalog, schema, object, kind }: ExplorerSearch): TreeAddress | undefined {
  if (catalog === undefined) return undefined;
  if (schema === undefined) return { catalog };
  return {
    catalog,
    schema,
    ...(object === undefined ? {} : { object: { kind: kind ?? "table", name: object } }),
  };
}

function Details({ search: { catalog, schema, object, kind, path } }: { search: ExplorerSearch }) {
  if (catalog === undefined) return <Empty>Choose a catalog, a schema or an object to see what it is.</Empty>;
  if (schema === undefined) return <CatalogView key={catalog} catalog={catalog} />;
  if (object === undefined)
    return <SchemaView key={`${catalog}.${schema}`} catalog={catalog} schema={schema} />;
  const names = { catalog, schema, name: object };
  const key = `${kind ?? "table"} ${catalog}.${schema}.${object}`;
  if (kind === "function") return <FunctionView key={key} {...names} />;
  if (kind === "volume") return <VolumeView key={key} {...names} path={path ?? ""} />;
  return <TableView key={key} {...names} />;
}
