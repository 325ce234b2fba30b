import { z } from "zod";

/** What somebody may do: each what those before it may, too. */
export const role = z.enum(["viewer", "operator", "admin"]);

/** Body of `POST /api/session`. */
export const signIn = z.strictObject({ token: z.string().min(1).max(1000) });

/** Who is asking, as the server knows it. */
export const session = z.object({
  authenticated: z.boolean(),
  /** `none`: this server asks nobody for a token. */
  auth: z.enum(["none", "token"]),
  role: role.nullable(),
  /** Of the token; `local` where nobody needs one. */
  name: z.string().nullable(),
  /** When the page is signed out unless it is used meanwhile. Null: it is no session. */
  expires_at: z.string().nullable(),
});

export type SignIn = z.input<typeof signIn>;
export type Session = z.infer<typeof session>;
