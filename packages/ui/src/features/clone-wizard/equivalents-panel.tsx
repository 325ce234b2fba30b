import type { CloneRequestWire } from "@clone-xs/server/contract";
import { hasToken } from "../../api/client.ts";
import { CodeBlock } from "../../components/code-block.tsx";
import { Tabs } from "../../components/tabs.tsx";
import { CONFIG_FILE, equivalentsOf, FROM_CONFIG } from "./equivalents.ts";

/** The request as a command, a configuration file and a call, to keep or to automate. */
export function EquivalentsPanel({ request }: { request: CloneRequestWire }) {
  const { cli, yaml, curl } = equivalentsOf(request, location.origin, hasToken());
  return (
    <Tabs
      label="The same request by other means"
      tabs={[
        { id: "cli", label: "Command line", content: <CodeBlock text={cli} label="the command" /> },
        {
          id: "yaml",
          label: "YAML",
          content: (
            <>
              <p className="mb-2 text-small text-ink-soft">
                Keep it as <span className="name">{CONFIG_FILE}</span>, then{" "}
                <span className="name text-ink">{FROM_CONFIG}</span>
              </p>
              <CodeBlock text={yaml} label="the YAML" />
            </>
          ),
        },
        { id: "curl", label: "curl", content: <CodeBlock text={curl} label="the curl command" /> },
      ]}
    />
  );
}
