import type { CloneRequestWire } from "@clone-xs/server/contract";
import { EquivalentsView } from "../../components/equivalents-view.tsx";
import { CONFIG_FILE, equivalentsOf, FROM_CONFIG } from "./equivalents.ts";

/** The request as a command, a configuration file and a call, to keep or to automate. */
export function EquivalentsPanel({ request }: { request: CloneRequestWire }) {
  const { cli, yaml } = equivalentsOf(request, "", false);
  return (
    <EquivalentsView
      cli={cli}
      yaml={{ text: yaml, file: CONFIG_FILE, command: FROM_CONFIG }}
      call={{ method: "POST", path: "/api/clone", body: request }}
    />
  );
}
