import { useQuery } from "@tanstack/react-query";
import { session } from "../api/session.ts";
import { curlOf, type Means } from "../equivalents/equivalents.ts";
import { CodeBlock } from "./code-block.tsx";
import { Tabs } from "./tabs.tsx";

/** An action as a command, a file and a call, to keep or to automate. */
export function EquivalentsView({ cli, call, yaml }: Means) {
  const needsToken = useQuery(session).data?.auth === "token";
  const curl = curlOf(call, { origin: location.origin, needsToken });
  return (
    <Tabs
      label="The same by other means"
      tabs={[
        ...(cli === undefined
          ? []
          : [{ id: "cli", label: "Command line", content: <CodeBlock text={cli} label="the command" /> }]),
        ...(yaml === undefined
          ? []
          : [
              {
                id: "yaml",
                label: "YAML",
                content: (
                  <>
                    <p className="mb-2 text-small text-ink-soft">
                      Keep it as <span className="name">{yaml.file}</span>, then{" "}
                      <span className="name text-ink">{yaml.command}</span>
                    </p>
                    <CodeBlock text={yaml.text} label="the YAML" />
                  </>
                ),
              },
            ]),
        { id: "curl", label: "curl", content: <CodeBlock text={curl} label="the curl command" /> },
      ]}
    />
  );
}
