import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import type { Estimate } from "@clone-xs/server/contract";
import { useState } from "react";
import { weightOf } from "../../api/compare.ts";
import type { EstimateSearch } from "../../app/search.ts";
import { Button } from "../../components/button.tsx";
import { ByOtherMeans } from "../../components/by-other-means.tsx";
import { Empty } from "../../components/empty.tsx";
import { TextField } from "../../components/field.tsx";
import { ErrorNotice } from "../../components/notice.tsx";
import { PageHead } from "../../components/page-head.tsx";
import { Pair } from "../../components/pair.tsx";
import { SkeletonRows } from "../../components/skeleton.tsx";
import { estimating, type EstimateBody } from "../../equivalents/looks.ts";
import { scopeBody } from "../compare/scope-draft.ts";
import { ScopeForm } from "../compare/scope-form.tsx";
import { EstimateView } from "./estimate-view.tsx";

/** `/estimate`: what a clone weighs and costs before anybody starts one. */
export function EstimatePage() {
  const search = useSearch({ from: "/estimate" });
  const navigate = useNavigate({ from: "/estimate" });
  const client = useQueryClient();
  const [price, setPrice] = useState(search.price ?? "");
  const body = bodyOf(search);
  const query = weightOf(body ?? { source_catalog: "" });
  const { data, error, isFetching, refetch } = useQuery({ ...query, enabled: body !== undefined });
  return (
    <div>
      <PageHead
        title="Estimate"
        tab={search.source === undefined ? "Estimate" : `${search.source} · Estimate`}
        note="What a clone weighs and costs, and what a selective one would copy of it. Nothing is changed."
      />
      <ScopeForm
        key={JSON.stringify(search)}
        search={search}
        needsDestination={false}
        verb="Estimate"
        moreLabel="Only some schemas, or another price"
        asked={data !== undefined}
        pending={isFetching}
        problem={priceProblem(price)}
        more={search.price !== undefined}
        onStop={() => void client.cancelQueries({ queryKey: query.queryKey })}
        onAsk={(scope) => {
          const next = { ...scope, ...(price.trim() === "" ? {} : { price: price.trim() }) };
          if (JSON.stringify(next) === JSON.stringify(search)) void refetch();
          else void navigate({ search: next });
        }}
      >
        <TextField
          label="Price of a GB and month, in dollars"
          className="figure"
          inputMode="decimal"
          value={price}
          placeholder="0.023"
          error={priceProblem(price)}
          hint="Empty: as the server is configured."
          onChange={setPrice}
        />
      </ScopeForm>
      {body === undefined ? (
        <Empty>Choose a catalog to see what a copy of it weighs.</Empty>
      ) : isFetching ? (
        <SkeletonRows rows={6} label="Weighing the tables" />
      ) : error !== null ? (
        <ErrorNotice error={error} retry={() => void refetch()} />
      ) : data === undefined ? (
        <Empty action={<Button onClick={() => void refetch()}>Estimate</Button>}>Stopped.</Empty>
      ) : (
        <div className="space-y-6">
          <Head estimate={data} search={search} />
          <EstimateView estimate={data} />
          <ByOtherMeans means={estimating(body)} />
        </div>
      )}
    </div>
  );
}

/** Of what it is, and the way on to the clone. */
function Head({ estimate, search }: { estimate: Estimate; search: EstimateSearch }) {
  const { source_catalog, destination_catalog, selective } = estimate;
  const { source, destination, target, include } = search;
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
      <p className="min-w-0 text-lead font-semibold">
        {destination_catalog === null ? (
          <span className="name">{source_catalog}</span>
        ) : (
          <Pair source={source_catalog} destination={destination_catalog} />
        )}
        {target !== undefined && (
          <span className="ml-2 text-base font-normal text-ink-soft">at {target}</span>
        )}
      </p>
      <div className="flex flex-wrap gap-2">
        {selective !== undefined && source !== undefined && destination !== undefined && (
          <Link
            to="/compare"
            search={{ source, destination, ...(target === undefined ? {} : { target }) }}
            className="inline-flex h-8 items-center rounded border border-line-strong/60 bg-surface px-3 font-medium hover:border-ink-soft"
          >
            See what differs
          </Link>
        )}
        <Link
          to="/clone"
          search={{
            ...(source === undefined ? {} : { source }),
            ...(destination === undefined ? {} : { destination }),
            ...(target === undefined ? {} : { target }),
            ...(include === undefined ? {} : { schemas: include }),
            ...(selective?.recommended ? { load: "SELECTIVE" as const } : {}),
          }}
          className="inline-flex h-8 items-center rounded bg-accent px-3 font-medium text-on-accent hover:bg-accent-strong"
        >
          Clone it
        </Link>
      </div>
    </div>
  );
}

function bodyOf(search: EstimateSearch): EstimateBody | undefined {
  const body = scopeBody(search);
  const price = Number(search.price);
  if (body === undefined) return undefined;
  return search.price === undefined || priceProblem(search.price) !== undefined
    ? body
    : { ...body, storage_usd_per_gb_month: price };
}

function priceProblem(text: string): string | undefined {
  const value = Number(text);
  return text.trim() === "" || (Number.isFinite(value) && value >= 0) ? undefined : "A price such as 0.02.";
}
