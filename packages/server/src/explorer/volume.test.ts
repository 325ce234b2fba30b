import fc from "fast-check";
import { expect, it } from "vitest";
import { pageOf } from "./volume.ts";

it("shows every entry once, folders first, whatever the size of a page", () => {
  const entry = fc.record({ name: fc.stringMatching(/^[^/\p{Cc}]{1,6}$/u), isDirectory: fc.boolean() });
  fc.assert(
    fc.property(
      fc.uniqueArray(entry, { selector: ({ name }) => name, maxLength: 30 }),
      fc.integer({ min: 1, max: 7 }),
      (listed, limit) => {
        const entries = listed.map(({ name, isDirectory }) => ({
          path: `/Volumes/c/s/v/${name}${isDirectory ? "/" : ""}`,
          isDirectory,
          size: 0,
          modifiedAt: 0,
        }));
        const shown: { readonly name: string; readonly is_directory: boolean }[] = [];
        let after: string | undefined;
        do {
          const page = pageOf(entries, limit, after);
          expect(page.entries.length).toBeLessThanOrEqual(limit);
          shown.push(...page.entries);
          after = page.next ?? undefined;
        } while (after !== undefined);
        expect(shown.map(({ name }) => name).sort()).toEqual(listed.map(({ name }) => name).sort());
        const firstFile = shown.findIndex(({ is_directory }) => !is_directory);
        const afterFolders = firstFile === -1 ? [] : shown.slice(firstFile);
        expect(afterFolders.every(({ is_directory }) => !is_directory)).toBe(true);
      },
    ),
  );
});
