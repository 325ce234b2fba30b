import { count } from "../../format.ts";
import type { Drawn, TimeChartProps } from "./series.ts";
import { dayText, minuteText, momentText, tickFor } from "./time-text.ts";

/** A chart with what its caller left open: counts, and times as fine as its span asks for. */
export function withDefaults({
  value = count,
  axisValue = value,
  height = 160,
  tick,
  when,
  ...given
}: TimeChartProps): Drawn {
  const own = tick ?? tickFor(given.moments);
  return {
    ...given,
    value,
    axisValue,
    height,
    tick: own,
    when: when ?? (own === minuteText || own === dayText ? momentText : own),
  };
}
