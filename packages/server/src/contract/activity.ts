import { z } from "zod";
import { role } from "./session.ts";

/** Something that somebody did, or tried to do. */
export const activity = z.object({
  id: z.int(),
  at: z.string(),
  /** Name of the token; `local` where nobody needs one, `nobody` who showed none that is known. */
  who: z.string(),
  role: role.nullable(),
  /** The operation, as this document names it. */
  action: z.string(),
  /** Names of what it was about. */
  object: z.string(),
  /** Of the answer: 200 and above is done or begun, 400 and above is not. */
  status: z.int(),
  address: z.string(),
});

/** The newest first; `before` of the next page is the id of the last. */
export const activities = z.object({ activities: z.array(activity) });

export type Activity = z.infer<typeof activity>;
export type Activities = z.infer<typeof activities>;
