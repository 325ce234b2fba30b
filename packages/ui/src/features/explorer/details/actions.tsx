import { Link } from "@tanstack/react-router";
import { LinkFor } from "../../../components/button.tsx";

const LOOK = "inline-flex h-8 items-center rounded px-3 font-medium whitespace-nowrap";
const PRIMARY = `${LOOK} bg-accent text-on-accent hover:bg-accent-strong`;
const PLAIN = `${LOOK} border border-line-strong/60 bg-surface hover:border-ink-soft`;

/** What the actions begin with. */
export interface ActionsProps {
  readonly catalog: string;
  readonly schema?: string;
  readonly object?: { readonly kind: "table" | "view" | "function" | "volume"; readonly name: string };
}

/** What can be done with a catalog, a schema or an object: each is a page of its own that begins with this. */
export function Actions({ catalog, schema, object }: ActionsProps) {
  const include = schema === undefined ? {} : { include: [schema] };
  const streamed = schema !== undefined && (object === undefined || object.kind === "table");
  return (
    <>
      {object === undefined && (
        <>
          <Link to="/compare" search={{ source: catalog, ...include }} className={PLAIN}>
            Compare
          </Link>
          <Link to="/estimate" search={{ source: catalog, ...include }} className={PLAIN}>
            Estimate
          </Link>
        </>
      )}
      {streamed && (
        <LinkFor needs="operator" name="Keep in sync">
          <Link
            to="/streams/new"
            search={{ source: catalog, schema, ...(object === undefined ? {} : { table: object.name }) }}
            className={PLAIN}
          >
            Keep in sync
          </Link>
        </LinkFor>
      )}
      <Link
        to="/clone"
        search={{
          source: catalog,
          ...(schema === undefined ? {} : { schemas: [schema] }),
          ...(object === undefined ? {} : { objects: [`${object.kind}:${schema}.${object.name}`] }),
        }}
        className={PRIMARY}
      >
        Clone
      </Link>
    </>
  );
}
