import type { CloneRequestWire } from "@clone-xs/server/contract";
import { CodeBlock } from "../../components/code-block.tsx";
import { EquivalentsView } from "../../components/equivalents-view.tsx";
import { Section } from "../../components/section.tsx";
import { cloning } from "../../equivalents/clone.ts";
import { rollingBack, showingRun } from "../../equivalents/runs.ts";

/** What was asked for, and how to ask for it again by other means. */
export function RequestTab({ id, request, over }: { id: string; request: CloneRequestWire; over: boolean }) {
  return (
    <div className="space-y-6">
      <div className="grid gap-x-8 gap-y-6 lg:grid-cols-2">
        <Section title="As it was asked for">
          <CodeBlock text={JSON.stringify(request, null, 2)} label="the request" />
        </Section>
        <Section title="The same by other means">
          <EquivalentsView {...cloning(request)} />
        </Section>
      </div>
      <div className="grid gap-x-8 gap-y-6 lg:grid-cols-2">
        <Section title="Show this run">
          <EquivalentsView {...showingRun(id)} />
        </Section>
        {over && (
          <Section title="Roll this run back">
            <EquivalentsView {...rollingBack(id)} />
          </Section>
        )}
      </div>
    </div>
  );
}
