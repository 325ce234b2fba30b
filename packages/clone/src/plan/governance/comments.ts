import type { Change, Finding } from "./finding.ts";
import { missing } from "./finding.ts";
import type { Governed } from "./governed.ts";

/**
 * Comments that the object's own step does not carry: of tables, which CLONE leaves out, and those that changed since. One that the
 * source does not have is left on the target: somebody there wrote it.
 */
export function commentFindings(object: Governed): readonly Finding[] {
  return [...ownComment(object), ...viewColumns(object)];
}

function ownComment({ target, source, present }: Governed): readonly Finding[] {
  const comment = source.comment || undefined;
  if (comment === undefined || comment === (present.comment || undefined)) return [];
  if (target.type === "function") {
    return [missing("comment", "the comment of a function changes only with the function, which is in sync")];
  }
  return [{ kind: "change", stage: "comments", operation: { kind: "set_comment", target, comment } }];
}

/** A view that is made carries them; a later change of one is a statement of its own. */
function viewColumns({ kind, target, tables }: Governed): readonly Change[] {
  if (kind !== "view" || target.type !== "view" || tables?.target === undefined) return [];
  const there = new Map(tables.target.columns.map((column) => [column.name.toLowerCase(), column.comment]));
  return tables.source.columns.flatMap(({ name: column, comment }): readonly Change[] => {
    const known = there.has(column.toLowerCase());
    if (!comment || !known || there.get(column.toLowerCase()) === comment) return [];
    const on = { ...target, type: "column", of: "view", column } as const;
    return [
      {
        kind: "change",
        stage: "comments",
        part: column,
        operation: { kind: "set_comment", target: on, comment },
      },
    ];
  });
}
