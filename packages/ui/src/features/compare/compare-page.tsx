import type { CatalogComparison } from "@clone-xs/server/contract";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { Download } from "lucide-react";
import { comparisonOf } from "../../api/compare.ts";
import type { CompareSearch } from "../../app/search.ts";
import { Button } from "../../components/button.tsx";
import { ByOtherMeans } from "../../components/by-other-means.tsx";
import { Empty } from "../../components/empty.tsx";
import { ErrorNotice } from "../../components/notice.tsx";
import { PageHead } from "../../components/page-head.tsx";
import { Pair } from "../../components/pair.tsx";
import { SkeletonRows } from "../../components/skeleton.tsx";
import { comparing, type CompareBody } from "../../equivalents/looks.ts";
import { ComparisonView } from "./comparison-view.tsx";
import { csvOf } from "./export.ts";
import { scopeBody } from "./scope-draft.ts";
import { ScopeForm } from "./scope-form.tsx";
import { VerifyNote } from "./verify-note.tsx";

/** `/compare`: two catalogs side by side. The address says which, and what of them is shown. */
export function ComparePage() {
  const search = useSearch({ from: "/compare" });
  const navigate = useNavigate({ from: "/compare" });
  const client = useQueryClient();
  const body = bodyOf(search);
  const query = comparisonOf(body ?? NOBODY);
  const { data, error, isFetching, refetch } = useQuery({ ...query, enabled: body !== undefined });
  const { object: _, show: __, kind: ___, schema: ____, what: _____, q: ______, ...asked } = search;
  const onSearch = (change: Partial<CompareSearch>) =>
    void navigate({ search: cleaned({ ...search, ...change }), replace: true, resetScroll: false });

  return (
    <div>
      <PageHead
        title="Compare"
        tab={tabOf(search)}
        note="Two catalogs side by side, down to columns, grants and tags. Nothing is changed."
      />
      <ScopeForm
        key={JSON.stringify(asked)}
        search={search}
        needsDestination
        verb="Compare"
        moreLabel="Only some schemas"
        asked={data !== undefined}
        pending={isFetching}
        onStop={() => void client.cancelQueries({ queryKey: query.queryKey })}
        onAsk={(next) => {
          if (JSON.stringify(next) === JSON.stringify(asked)) void refetch();
          else void navigate({ search: next });
        }}
      />
      {body === undefined ? (
        <Empty>Choose two catalogs to see where they differ.</Empty>
      ) : isFetching ? (
        <SkeletonRows rows={8} label="Looking at both catalogs" />
      ) : error !== null ? (
        <ErrorNotice error={error} retry={() => void refetch()} />
      ) : data === undefined ? (
        <Empty action={<Button onClick={() => void refetch()}>Compare</Button>}>Stopped.</Empty>
      ) : (
        <div className="space-y-5">
          <Head found={data} search={search} />
          <ComparisonView found={data} search={search} onSearch={onSearch} />
          <VerifyNote body={body} />
          <ByOtherMeans means={comparing(body)} />
        </div>
      )}
    </div>
  );
}

/** What the two are, and what can be done about where they differ. */
function Head({ found, search }: { found: CatalogComparison; search: CompareSearch }) {
  const { source, destination, target, include } = search;
  const { figures, source_catalog, destination_catalog } = found;
  const name = `${source_catalog}-${destination_catalog}`;
  const isAlike = figures.differs + figures.only_source === 0;
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
      <p className="min-w-0 text-lead font-semibold">
        <Pair source={source_catalog} destination={destination_catalog} />
        {target !== undefined && (
          <span className="ml-2 text-base font-normal text-ink-soft">at {target}</span>
        )}
      </p>
      <div className="flex flex-wrap gap-2">
        <Button onClick={() => save(`${name}.csv`, "text/csv", csvOf(found))}>
          <Download className="size-4" aria-hidden />
          CSV
        </Button>
        <Button onClick={() => save(`${name}.json`, "application/json", JSON.stringify(found, null, 2))}>
          <Download className="size-4" aria-hidden />
          JSON
        </Button>
        {!isAlike && source !== undefined && destination !== undefined && (
          <Link
            to="/clone"
            search={{
              source,
              destination,
              load: "SELECTIVE",
              ...(target === undefined ? {} : { target }),
              ...(include === undefined ? {} : { schemas: include }),
            }}
            className="inline-flex h-8 items-center rounded bg-accent px-3 font-medium text-on-accent hover:bg-accent-strong"
          >
            Bring it in line
          </Link>
        )}
      </div>
    </div>
  );
}

const NOBODY: CompareBody = { source_catalog: "", destination_catalog: "" };

function tabOf({ source, destination }: CompareSearch): string {
  return source === undefined || destination === undefined
    ? "Compare"
    : `${source} and ${destination} · Compare`;
}

function bodyOf(search: CompareSearch): CompareBody | undefined {
  const body = scopeBody(search);
  const destination = body?.destination_catalog;
  return body === undefined || destination === undefined
    ? undefined
    : { ...body, destination_catalog: destination };
}

/** An address without what says nothing. `show` may well be empty. */
function cleaned(search: CompareSearch): CompareSearch {
  return Object.fromEntries(Object.entries(search).filter(([, value]) => value !== ""));
}

function save(name: string, type: string, text: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = name;
  link.click();
  // The browser takes the file up after the click is over.
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
