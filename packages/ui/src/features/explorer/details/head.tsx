import { Link } from "@tanstack/react-router";
import { clsx } from "clsx";
import { ArrowLeft, Copy } from "lucide-react";
import { type ReactNode, useEffect, useRef } from "react";
import type { Shape } from "../../../api/api.ts";
import { FullName } from "../object-link.tsx";
import { ObjectIcon } from "../tree/object-icon.tsx";
import type { TreeAddress } from "../tree/tree-rows.ts";

export interface HeadProps {
  readonly address: TreeAddress;
  readonly type: string;
  /** MANAGED, DELTA, … in a line below the name. */
  readonly facts: readonly string[];
  readonly comment: string | null;
  readonly provenance?: Shape<"Provenance"> | null;
  readonly actions: ReactNode;
}

/** What is shown: where it is, what it is called, what it is, and what can be done with it. */
export function Head({ address, type, facts, comment, provenance = null, actions }: HeadProps) {
  const { catalog, schema, object } = address;
  const name = object?.name ?? schema ?? catalog;
  return (
    <header className="mb-3">
      <Above address={address} />
      <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
        <div className="min-w-0">
          <Title key={`${catalog} ${schema} ${name}`}>
            <ObjectIcon type={type} className="size-4! text-accent" />
            <span className="name min-w-0">{name}</span>
          </Title>
          <p className="text-small text-ink-soft wrap-anywhere">{facts.join(" · ")}</p>
          {comment !== null && comment !== "" && <p className="mt-1.5 max-w-2xl wrap-anywhere">{comment}</p>}
        </div>
        <div className="flex flex-wrap gap-2">{actions}</div>
      </div>
      {provenance !== null && <Origin provenance={provenance} />}
    </header>
  );
}

/** Takes the focus when somebody comes here on a narrow screen, where the tree has gone. */
function Title({ children }: { children: ReactNode }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    const hidden = document.activeElement === document.body || document.activeElement === null;
    if (hidden) heading.current?.focus({ preventScroll: true });
  }, []);
  return (
    <h2
      ref={heading}
      tabIndex={-1}
      className="flex min-w-0 items-center gap-2 text-lead font-semibold tracking-tight outline-none"
    >
      {children}
    </h2>
  );
}

const UP = "rounded text-ink-soft underline decoration-line-strong/60 underline-offset-2 hover:text-ink";

function Above({ address: { catalog, schema, object } }: { address: TreeAddress }) {
  return (
    <nav
      aria-label="Where this is"
      className={clsx(
        "mb-1 flex min-h-5 flex-wrap items-center gap-x-1.5 text-small",
        schema === undefined && "md:hidden",
      )}
    >
      <Link to="/explorer" search={{}} className={`${UP} inline-flex items-center gap-1 md:hidden`}>
        <ArrowLeft className="size-3.5" aria-hidden />
        All catalogs
      </Link>
      {schema !== undefined && (
        <>
          <span aria-hidden className="text-ink-faint md:hidden">
            /
          </span>
          <Link to="/explorer" search={{ catalog }} className={`${UP} name`}>
            {catalog}
          </Link>
        </>
      )}
      {schema !== undefined && object !== undefined && (
        <>
          <span aria-hidden className="text-ink-faint">
            /
          </span>
          <Link to="/explorer" search={{ catalog, schema }} className={`${UP} name`}>
            {schema}
          </Link>
        </>
      )}
    </nav>
  );
}

/** Where a clone of ours comes from. */
function Origin({ provenance }: { provenance: Shape<"Provenance"> }) {
  const { source, source_version: version, run_id: run, rows, predicate } = provenance;
  return (
    <p className="mt-1.5 flex flex-wrap items-baseline gap-x-1.5 text-small text-ink-soft">
      <Copy className="size-3.5 translate-y-0.5 text-accent" aria-hidden />
      <span>
        Clone of <FullName text={source} />
        {version !== null && ` at version ${version}`}, made by run{" "}
        <Link to="/runs/$id" params={{ id: run }} className={`${UP} name`}>
          {run}
        </Link>
        {rows === "where" && predicate !== null && (
          <>
            ; only rows where <span className="name text-ink">{predicate}</span>
          </>
        )}
        {rows === "none" && "; without rows"}
        {rows === "unfinished" && "; unfinished"}
      </span>
    </p>
  );
}
