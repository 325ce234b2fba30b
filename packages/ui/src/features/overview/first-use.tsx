import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { catalogs } from "../../api/queries.ts";
import { CodeBlock } from "../../components/code-block.tsx";
import { PageHead } from "../../components/page-head.tsx";
import { quoted } from "../../equivalents/shell.ts";

/** Nothing was done yet: what this is, and three ways to begin. */
export function FirstUse() {
  const { data } = useQuery(catalogs);
  const catalog = data?.find(
    ({ name, catalog_type }) => catalog_type === "MANAGED_CATALOG" && name !== "main",
  )?.name;
  const [source, destination] = catalog === undefined ? ["prod", "dev"] : [catalog, `${catalog}_copy`];
  return (
    <div>
      <PageHead
        title="Nothing has been cloned yet"
        note="Clone-Xs copies catalogs of Unity Catalog with everything around their tables: views, functions, volumes, grants, tags and masks. It keeps copies in sync, verifies them, and takes back what it did."
      />
      <ol className="grid gap-3 lg:grid-cols-3">
        <Way number={1} title="Clone a catalog">
          <p>
            Choose a source and a destination. Before anything is written you see what would happen, and why.
          </p>
          <Link
            to="/clone"
            className="inline-flex h-8 items-center rounded bg-accent px-3 font-medium text-on-accent hover:bg-accent-strong"
          >
            Clone a catalog
          </Link>
        </Way>
        <Way number={2} title="Look around">
          <p>Open catalogs, tables and their histories, and compare two catalogs. Nothing is changed.</p>
          <Link
            to="/explorer"
            className="inline-flex h-8 items-center rounded border border-line-strong/60 bg-surface px-3 font-medium hover:border-ink-soft"
          >
            Open the explorer
          </Link>
        </Way>
        <Way number={3} title="From the command line">
          <p>
            The same from a shell, or through the API, whose <DocumentLink /> is served here.
          </p>
          <CodeBlock
            label="the command"
            text={`clxs clone \\\n  --source ${quoted(source)} \\\n  --dest ${quoted(destination)} \\\n  --dry-run`}
          />
        </Way>
      </ol>
    </div>
  );
}

function DocumentLink() {
  return (
    <a href="/api/openapi.json" className="font-medium text-accent underline underline-offset-2">
      OpenAPI document
    </a>
  );
}

function Way({ number, title, children }: { number: number; title: string; children: ReactNode }) {
  return (
    <li className="flex min-w-0 flex-col items-start gap-3 rounded border border-line bg-surface px-4 py-3.5">
      <h2 className="flex items-baseline gap-2 text-lead font-semibold tracking-tight">
        <span className="figure text-small font-semibold text-accent">{number}</span>
        {title}
      </h2>
      <div className="flex w-full flex-1 flex-col items-start justify-between gap-3 text-ink-soft [&>div]:w-full">
        {children}
      </div>
    </li>
  );
}
