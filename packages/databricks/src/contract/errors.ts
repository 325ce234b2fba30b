import { z } from "zod";

/**
 * Body of a failed request. `error_code` is a name (`TABLE_DOES_NOT_EXIST`), or for 401 and 403 of the gateway the
 * HTTP status as a number.
 */
export const ErrorBody = z.object({
  error_code: z.union([z.string(), z.number()]).optional(),
  message: z.string().optional(),
  details: z.array(z.looseObject({ "@type": z.string().optional() })).optional(),
});
export type ErrorBody = z.infer<typeof ErrorBody>;
