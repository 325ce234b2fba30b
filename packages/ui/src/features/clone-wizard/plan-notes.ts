import type { ClonePlan } from "@clone-xs/server/contract";
import { plural } from "../../format.ts";

/** One thing to know before the run, and the objects that it is true of; none when it is about the run as a whole. */
export interface PlanNote {
  readonly title: string;
  readonly objects: readonly string[];
}

interface Group {
  readonly kind: string;
  readonly text: string;
  readonly objects: string[];
}

/** The plan's notes, with what is said of many objects said once. A note about an object begins with its name and a colon. */
export function groupedNotes({ notes, steps }: Pick<ClonePlan, "notes" | "steps">): readonly PlanNote[] {
  // What is set on an object afterwards is a step of its own, under the same name.
  const makers = steps.filter(({ kind }) => kind !== "governance");
  const kinds = new Map(makers.map(({ object, kind }) => [object, kind]));
  const groups = new Map<string, Group>();
  for (const note of notes) {
    const object = objectOf(note, kinds);
    const text = object === undefined ? note : note.slice(object.length + 2);
    const kind = object === undefined ? "" : (kinds.get(object) ?? "object");
    const group = groups.get(`${kind} ${text}`) ?? { kind, text, objects: [] };
    if (object !== undefined) group.objects.push(object);
    groups.set(`${kind} ${text}`, group);
  }
  return [...groups.values()].map(noteOf);
}

function noteOf({ kind, text, objects }: Group): PlanNote {
  const [only, ...others] = objects;
  if (only === undefined) return { title: text, objects };
  if (others.length === 0) return { title: `${only}: ${text}`, objects: [] };
  const each = /^(?:is|has) /u.test(text) ? "each " : "";
  return { title: `${plural(objects.length, kind)}: ${each}${text}`, objects };
}

/** The longest known name that the note begins with; names may have colons themselves. */
function objectOf(note: string, known: ReadonlyMap<string, string>): string | undefined {
  for (let end = note.lastIndexOf(": "); end > 0; end = note.lastIndexOf(": ", end - 1)) {
    const name = note.slice(0, end);
    if (known.has(name)) return name;
  }
  return undefined;
}
