import type { SecurableReference } from "../../inspect/inventory.ts";

/** `catalog`, `schema:s`, `table:s.t`, `column:s.t.c`, `volume:s.v`, `function:s.f`, in lower case. A view is a table here. */
export function securableKey({ level, schema, name, column }: SecurableReference): string {
  const parts = [schema, name, column].filter((part) => part !== undefined).join(".");
  return (parts === "" ? level : `${level}:${parts}`).toLowerCase();
}
