import type { CloneRequestWire } from "@clone-xs/server/contract";
import { hasToken } from "../../api/client.ts";
import { CopyButton } from "../../components/copy-button.tsx";
import { Tabs } from "../../components/tabs.tsx";
import { CONFIG_FILE, equivalentsOf, FROM_CONFIG } from "./equivalents.ts";

/** The request as a command, a configuration file and a call, to keep or to automate. */
export function EquivalentsPanel({ request }: { request: CloneRequestWire }) {
  const { cli, yaml, curl } = equivalentsOf(request, location.origin, hasToken());
  return (
    <Tabs
      label="The same request by other means"
      tabs={[
        { id: "cli", label: "Command line", content: <Code text={cli} label="the command" /> },
        {
          id: "yaml",
          label: "YAML",
          content: (
            <>
              <p className="mb-2 text-small text-ink-soft">
                Keep it as <span className="name">{CONFIG_FILE}</span>, then{" "}
                <span className="name text-ink">{FROM_CONFIG}</span>
              </p>
              <Code text={yaml} label="the YAML" />
            </>
          ),
        },
        { id: "curl", label: "curl", content: <Code text={curl} label="the curl command" /> },
      ]}
    />
  );
}

function Code({ text, label }: { text: string; label: string }) {
  return (
    <div className="relative rounded border border-line bg-sunken">
      <pre
        tabIndex={0}
        aria-label={label}
        role="region"
        className="name overflow-x-auto px-3 py-2.5 pr-20 leading-5 whitespace-pre"
      >
        {text}
      </pre>
      <div className="absolute top-1 right-px bg-sunken pr-1">
        <CopyButton text={text} label={label} />
      </div>
    </div>
  );
}
