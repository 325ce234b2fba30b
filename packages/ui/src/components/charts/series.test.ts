import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { heightOf, lookOf, MOST_SERIES } from "./series.ts";
import { sparkPath } from "./sparkline.tsx";

const css = readFileSync(join(import.meta.dirname, "../../app.css"), "utf8");
const themes = {
  light: css.split('[data-theme="dark"] {')[0] ?? "",
  dark: css.split('[data-theme="dark"] {')[1] ?? "",
};

/** Relative luminance of a token. Source: WCAG 2.2; OKLab to linear sRGB by Björn Ottosson's matrices. */
function luminance(theme: keyof typeof themes, token: string): number {
  const [, l, c, h] = (
    new RegExp(`--${token}: oklch\\(([\\d.]+) ([\\d.]+) ([\\d.]+)\\)`, "u").exec(themes[theme]) ?? []
  ).map(Number);
  if (l === undefined || c === undefined || h === undefined) throw new Error(`${theme} has no ${token}.`);
  const [a, b] = [c * Math.cos((h * Math.PI) / 180), c * Math.sin((h * Math.PI) / 180)];
  const [x, y, z] = [
    (l + 0.3963377774 * a + 0.2158037573 * b) ** 3,
    (l - 0.1055613458 * a - 0.0638541728 * b) ** 3,
    (l - 0.0894841775 * a - 1.291485548 * b) ** 3,
  ];
  const linear = [
    4.0767416621 * x - 3.3077115913 * y + 0.2309699292 * z,
    -1.2684380046 * x + 2.6097574011 * y - 0.3413193965 * z,
    -0.0041960863 * x - 0.7034186147 * y + 1.707614701 * z,
  ].map((value) => Math.min(1, Math.max(0, value)));
  return 0.2126 * (linear[0] ?? 0) + 0.7152 * (linear[1] ?? 0) + 0.0722 * (linear[2] ?? 0);
}

function contrast(theme: keyof typeof themes, one: string, other: string): number {
  const [a, b] = [luminance(theme, one), luminance(theme, other)];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

const colours = Array.from({ length: MOST_SERIES }, (_, index) => `chart-${index + 1}`);

describe("colours of charts", () => {
  for (const theme of ["light", "dark"] as const)
    for (const ground of ["paper", "surface"])
      test.each([...colours, "good", "warn", "bad", "accent"])(
        `${theme}: %s stands out from the ${ground}`,
        (token) => {
          expect(contrast(theme, token, ground)).toBeGreaterThanOrEqual(3);
        },
      );
});

test("series of one chart differ in more than colour", () => {
  const looks = colours.map((_, index) => lookOf({}, index));
  for (const trait of ["colour", "dash", "mark", "fill"] as const)
    expect(new Set(looks.map((look) => look[trait])).size).toBe(MOST_SERIES);
});

test("what is not known has no height", () => {
  const series = [
    { key: "a", label: "A" },
    { key: "b", label: "B" },
  ];
  expect(heightOf({ at: 0, values: { a: 2, b: null } }, series)).toBe(2);
});

describe("a sparkline", () => {
  test("goes from the left to the right edge, the highest value at the top and zero on the floor", () => {
    expect(sparkPath([0, 4, 2], 66, 20)).toEqual({
      path: "M3 17L33 3L63 10",
      end: { x: 63, y: 10 },
      floor: 17,
    });
  });
  test("leaves a gap where nothing is known, and ends where something was", () => {
    expect(sparkPath([1, null, 1, null], 66, 20)).toMatchObject({ path: "M3 3M43 3", end: { x: 43, y: 3 } });
  });
  test("of one value is a dot at its end", () => {
    expect(sparkPath([0], 66, 20).end).toEqual({ x: 63, y: 17 });
  });
  test("of nothing is its floor", () => {
    expect(sparkPath([], 66, 20)).toEqual({ path: "", end: undefined, floor: 17 });
  });
});
