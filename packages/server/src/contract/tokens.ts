import { z } from "zod";
import { role } from "./session.ts";

/** Body of `POST /api/tokens`. */
export const newToken = z.strictObject({
  /** Who or what will use it: it stands in the record of who did what. */
  name: z.string(),
  role,
  /** Absent or null: it does not expire. */
  expires_in_days: z.int().min(1).max(3650).nullish(),
});

/** A token, without its text. */
export const token = z.object({
  id: z.string(),
  name: z.string(),
  role,
  created_at: z.string(),
  created_by: z.string(),
  expires_at: z.string().nullable(),
  expired: z.boolean(),
  /** To the minute; null: never. */
  last_used_at: z.string().nullable(),
});

export const tokens = z.object({ tokens: z.array(token) });

/** A token that was just made. */
export const createdToken = token.extend({
  /** Its text, shown this once: only a digest of it is kept. */
  token: z.string(),
});

export const removedToken = z.object({ id: z.string(), name: z.string(), message: z.string() });

export type NewToken = z.input<typeof newToken>;
export type Token = z.infer<typeof token>;
export type Tokens = z.infer<typeof tokens>;
export type CreatedToken = z.infer<typeof createdToken>;
