import { Segments } from "../../components/choices.tsx";
import { TextField } from "../../components/field.tsx";
import type { ConnectionFieldProps } from "./connection-form.tsx";

const METHODS = [
  { value: "pat", label: "Token" },
  { value: "service_principal", label: "Service principal" },
  { value: "profile", label: "Profile" },
] as const;

/** How a connection signs in. What is kept already is not shown, and stays unless something is typed. */
export function CredentialFields({ draft, saved, problems, change }: ConnectionFieldProps) {
  const kept =
    saved?.credentials === "kept" && saved.auth_method === draft.method && saved.host === draft.host;
  const placeholder = kept ? "kept; type to replace" : "";
  return (
    <>
      <div className="min-w-0 sm:col-span-2">
        <p className="label mb-1">Sign in with</p>
        <Segments
          label="Sign in with"
          value={draft.method}
          choices={METHODS}
          onChange={(method) => change({ method })}
        />
      </div>
      {draft.method === "pat" && (
        <TextField
          label="Token"
          type="password"
          autoComplete="new-password"
          className="name"
          placeholder={placeholder}
          value={draft.token}
          error={problems.token}
          hint="Encrypted on the server; never shown again."
          onChange={(token) => change({ token })}
        />
      )}
      {draft.method === "service_principal" && (
        <>
          <TextField
            label="Client ID"
            className="name"
            placeholder={placeholder}
            value={draft.clientId}
            error={problems.clientId}
            hint="Of the service principal."
            onChange={(clientId) => change({ clientId })}
          />
          <TextField
            label="Client secret"
            type="password"
            autoComplete="new-password"
            className="name"
            placeholder={placeholder}
            value={draft.clientSecret}
            error={problems.clientSecret}
            hint="Encrypted on the server; never shown again."
            onChange={(clientSecret) => change({ clientSecret })}
          />
        </>
      )}
      {draft.method === "profile" && (
        <TextField
          label="Profile"
          className="name"
          placeholder="DEFAULT"
          value={draft.profile}
          error={problems.profile}
          hint="Of ~/.databrickscfg of the user that the server runs as."
          onChange={(profile) => change({ profile })}
        />
      )}
    </>
  );
}
