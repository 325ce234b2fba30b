import { Fragment } from "react";
import type { Shares } from "./shares.ts";

/** `Over share clone_xs_share_1a2b3c4d (created), recipient … (reused).` */
export function ShareFacts({ shares }: { shares: Shares }) {
  return (
    <p className="text-small text-ink-soft">
      Over{" "}
      {shares.map(({ what, name, state }, index) => (
        <Fragment key={what}>
          {index > 0 && ", "}
          {what} <span className="name text-ink">{name}</span>
          {state !== undefined && ` (${state})`}
        </Fragment>
      ))}
      .
    </p>
  );
}
