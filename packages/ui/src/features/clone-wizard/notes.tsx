import type { ClonePlan } from "@clone-xs/server/contract";
import { Name } from "../../components/name.tsx";
import { Notice } from "../../components/notice.tsx";
import { whereToSet } from "./control-labels.ts";
import { groupedNotes } from "./plan-notes.ts";

/** What to know before the run. The objects that a note is about unfold. */
export function Notes({ plan }: { plan: ClonePlan }) {
  return groupedNotes(plan).map(({ title, objects }) => (
    <Notice key={title} title={title}>
      {objects.length > 0 ? (
        <details>
          <summary className="w-fit rounded text-ink-soft hover:text-ink">Show their names</summary>
          <ul className="mt-1 grid max-h-60 gap-x-6 overflow-y-auto sm:grid-cols-2" tabIndex={0}>
            {objects.map((object) => (
              <li key={object}>
                <Name text={object} />
              </li>
            ))}
          </ul>
        </details>
      ) : (
        whereToSet(title)
      )}
    </Notice>
  ));
}
