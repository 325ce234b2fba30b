import type { Connection, FieldProblem, NewConnection, TriedConnection } from "@clone-xs/server/contract";

/** What the controls of a connection hold. Credentials are only ever typed: the server does not give them back. */
export interface ConnectionDraft {
  readonly name: string;
  readonly host: string;
  readonly method: Connection["auth_method"];
  readonly token: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly profile: string;
  readonly warehouse: string;
  readonly destination: string;
}

export const emptyConnection: ConnectionDraft = {
  name: "",
  host: "",
  method: "pat",
  token: "",
  clientId: "",
  clientSecret: "",
  profile: "",
  warehouse: "",
  destination: "",
};

export function draftOf(saved: Connection): ConnectionDraft {
  return {
    ...emptyConnection,
    name: saved.name,
    host: saved.host ?? "",
    method: saved.auth_method,
    profile: saved.profile ?? "",
    warehouse: saved.warehouse_id ?? "",
    destination: saved.destination_catalog ?? "",
  };
}

/** The whole connection, or all of its change: what is left empty is said to be empty, credentials that nobody typed are not said. */
export function toConnection(draft: ConnectionDraft): NewConnection {
  return {
    name: draft.name.trim(),
    host: orNull(draft.host),
    auth_method: draft.method,
    ...credentialsOf(draft),
    warehouse_id: orNull(draft.warehouse),
    destination_catalog: orNull(draft.destination),
  };
}

/** A try of a connection. It goes by the name under which credentials are kept, whatever name was typed: those that nobody typed are taken from there. */
export function toTry(draft: ConnectionDraft, saved: Connection | undefined): TriedConnection {
  const { name: _, ...rest } = toConnection(draft);
  return { ...rest, ...(saved === undefined ? {} : { name: saved.name }) };
}

/** Of the chosen way to sign in alone, and only what was typed. */
function credentialsOf({ method, token, clientId, clientSecret, profile }: ConnectionDraft) {
  const known = {
    pat: { token },
    service_principal: { client_id: clientId, client_secret: clientSecret },
    profile: { profile },
  }[method];
  return Object.fromEntries(Object.entries(known).filter(([, value]) => value.trim() !== ""));
}

const CONTROLS: Readonly<Record<string, keyof ConnectionDraft>> = {
  name: "name",
  host: "host",
  token: "token",
  client_id: "clientId",
  client_secret: "clientSecret",
  profile: "profile",
  warehouse_id: "warehouse",
  destination_catalog: "destination",
};

/** What the server says of each control, and what belongs to none. */
export function byControl(problems: readonly FieldProblem[]): {
  readonly fields: Partial<Record<keyof ConnectionDraft, string>>;
  readonly others: readonly FieldProblem[];
} {
  const placed = problems.flatMap(({ path, message }) => {
    const control = CONTROLS[path];
    return control === undefined ? [] : [[control, message] as const];
  });
  return {
    fields: Object.fromEntries(placed),
    others: problems.filter(({ path }) => CONTROLS[path] === undefined),
  };
}

function orNull(text: string): string | null {
  return text.trim() === "" ? null : text.trim();
}
