import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Fragment } from "react";
import { filesOf } from "../../../api/explorer.ts";
import { Button } from "../../../components/button.tsx";
import { DataTable } from "../../../components/data-table.tsx";
import { ErrorNotice } from "../../../components/notice.tsx";
import { SkeletonRows } from "../../../components/skeleton.tsx";
import { ago, bytes } from "../../../format.ts";
import { ObjectIcon } from "../tree/object-icon.tsx";

export interface FilesTabProps {
  readonly catalog: string;
  readonly schema: string;
  readonly volume: string;
  readonly path: string;
  readonly onPath: (path: string) => void;
}

/** The files of a volume, a folder at a time. Only their names, sizes and times are read. */
export function FilesTab({ catalog, schema, volume, path, onPath }: FilesTabProps) {
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(
    filesOf(catalog, schema, volume, path),
  );
  const entries = data?.pages.flatMap((page) => page.entries);
  return (
    <div className="space-y-3">
      <Folders {...{ catalog, schema, volume, path }} />
      {error !== null ? (
        <ErrorNotice error={error} retry={() => void refetch()} />
      ) : entries === undefined ? (
        <SkeletonRows rows={5} label="Reading the folder" />
      ) : (
        <DataTable
          label="Files"
          rows={entries}
          keyOf={({ name, is_directory }) => `${is_directory ? "d" : "f"}/${name}`}
          onOpen={({ name, is_directory }) => {
            if (is_directory) onPath(path === "" ? name : `${path}/${name}`);
          }}
          empty="There is nothing in this folder."
          columns={[
            {
              id: "name",
              label: "Name",
              width: "minmax(0,1fr)",
              cell: ({ name, is_directory }) => (
                <span className="flex items-center gap-2" title={name}>
                  <ObjectIcon type={is_directory ? "FOLDER" : "FILE"} className="text-ink-faint" />
                  <span className="name truncate">{name}</span>
                </span>
              ),
              sortBy: ({ name }) => name,
            },
            {
              id: "size",
              label: "Size",
              width: "6rem",
              align: "end",
              cell: ({ size, is_directory }) => (is_directory ? "folder" : bytes(Number(size))),
              sortBy: ({ size }) => Number(size),
            },
            {
              id: "when",
              label: "Changed",
              width: "6rem",
              align: "end",
              cell: ({ modified_at: at, is_directory }) =>
                is_directory ? (
                  ""
                ) : (
                  <time dateTime={at} title={at}>
                    {ago(at, Date.now())}
                  </time>
                ),
              sortBy: ({ modified_at: at }) => at,
            },
          ]}
        />
      )}
      {hasNextPage && (
        <Button disabled={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {isFetchingNextPage ? "Reading…" : "More files"}
        </Button>
      )}
    </div>
  );
}

function Folders({ catalog, schema, volume, path }: Omit<FilesTabProps, "onPath">) {
  const names = path === "" ? [] : path.split("/");
  const steps = [volume, ...names].map((name, depth) => ({ name, path: names.slice(0, depth).join("/") }));
  return (
    <nav aria-label="Folder" className="flex flex-wrap items-center gap-x-1.5 text-small">
      {steps.map((step, index) => (
        <Fragment key={step.path}>
          {index > 0 && (
            <span aria-hidden className="text-ink-faint">
              /
            </span>
          )}
          {index === steps.length - 1 ? (
            <span className="name" aria-current="page">
              {step.name}
            </span>
          ) : (
            <Link
              to="/explorer"
              search={{
                catalog,
                schema,
                object: volume,
                kind: "volume",
                ...(step.path === "" ? {} : { path: step.path }),
              }}
              className="name rounded underline decoration-line-strong/60 underline-offset-2 hover:decoration-ink"
            >
              {step.name}
            </Link>
          )}
        </Fragment>
      ))}
    </nav>
  );
}
