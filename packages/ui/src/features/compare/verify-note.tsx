import { CodeBlock } from "../../components/code-block.tsx";
import type { CompareBody } from "../../equivalents/looks.ts";
import { command, flag } from "../../equivalents/shell.ts";

/** What a comparison cannot tell, and what can. */
export function VerifyNote({ body }: { body: CompareBody }) {
  const { source_catalog, destination_catalog, target_workspace: target } = body;
  const verify = command("clxs verify", [
    flag("--source", source_catalog),
    target === undefined
      ? flag("--dest", destination_catalog)
      : flag("--target", `name=${target.connection},dest=${destination_catalog}`),
  ]);
  return (
    <div className="space-y-2 border-t border-line pt-4">
      <p className="max-w-3xl text-small text-ink-soft">
        Rows are judged by the versions that clones and their sources are at; no row is read. For proof, row
        by row and by hash, verify the run that made the copy, or run this.
      </p>
      <CodeBlock text={verify} label="the command that verifies" />
    </div>
  );
}
