import { Link } from "@tanstack/react-router";
import type { ComponentProps } from "react";
import type { ExplorerSearch } from "../../app/search.ts";

/** Anything that has a page here. `kind`: function or volume; whatever else is a table or view. */
export interface LinkTarget {
  readonly kind?: string;
  readonly catalog: string;
  readonly schema: string;
  readonly name: string;
  /** A lineage's: what kind of name it is where the kind is not known. */
  readonly id?: string;
}

export function searchOf({ kind, catalog, schema, name, id }: LinkTarget): ExplorerSearch {
  const of =
    kind === "function" || kind === "volume" ? kind : id?.startsWith("function:") ? "function" : undefined;
  return { catalog, schema, object: name, ...(of === undefined ? {} : { kind: of }) };
}

type Rest = Omit<ComponentProps<"a">, "target" | "href">;

export function ObjectLink({ target, view, ...rest }: Rest & { target: LinkTarget; view?: string }) {
  const search = { ...searchOf(target), ...(view === undefined ? {} : { view }) };
  return <Link to="/explorer" search={search} {...rest} />;
}

/** An object by its name in text. `short`: without its catalog, where that is said already. */
export function ObjectName({ target, short = false }: { target: LinkTarget; short?: boolean }) {
  const { catalog, schema, name } = target;
  return (
    <ObjectLink
      target={target}
      className="name rounded underline decoration-line-strong/60 underline-offset-2 hover:decoration-ink"
    >
      {short ? `${schema}.${name}` : `${catalog}.${schema}.${name}`}
    </ObjectLink>
  );
}

/** `catalog.schema.name` as the workspace writes it: no part holds a dot. */
function targetOf(text: string, kind = "table"): LinkTarget | undefined {
  const [catalog, schema, name, ...more] = text.split(".");
  return catalog === undefined || schema === undefined || name === undefined || more.length > 0
    ? undefined
    : { kind, catalog, schema, name };
}

/** A full name, as a link where it is one of an object. */
export function FullName({ text, kind = "table" }: { text: string; kind?: string }) {
  const target = targetOf(text, kind);
  return target === undefined ? <span className="name">{text}</span> : <ObjectName target={target} />;
}
