import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { QuickInfo } from "typescript";
import { expect, test } from "vitest";
import { createService } from "../language-service.ts";

// What an editor shows of an operation. A string that is an argument has no symbol, so that TypeScript shows nothing of it, whatever the
// types say: constants are the form that has the document's text, and that is struck through where the operation is deprecated.

const codegen = createRequire(new URL("../../packages/codegen/package.json", import.meta.url));
const ts = codegen("typescript") as typeof import("typescript");
const folder = fileURLToPath(new URL("../../examples", import.meta.url));
const file = join(folder, "hover.ts");
const text = `import { createGithub } from "@connectry/github";
import { ClassroomListClassrooms, MetaRoot } from "@connectry/github/operations";
const github = createGithub();
github.GET("/classrooms");
github.call(ClassroomListClassrooms);
github.call(MetaRoot);
`;

const service = createService(ts, { folder, file, text });
const hover = (after: string): QuickInfo | undefined =>
  service.getQuickInfoAtPosition(file, text.indexOf(after) + after.length);

test("a constant shows the operation's text and its deprecation, and is struck through", () => {
  // https://docs.github.com/rest/classroom/classroom#list-classrooms
  const deprecated = hover("call(Class");
  expect(ts.displayPartsToString(deprecated?.documentation)).toContain("List classrooms");
  expect(deprecated?.tags?.map(({ name }) => name)).toContain("deprecated");
  expect(hover("call(Meta")?.tags ?? []).toEqual([]);
  const struck = service.getSuggestionDiagnostics(file).filter(({ reportsDeprecated }) => reportsDeprecated);
  expect(struck.map(({ start = 0, length = 0 }) => text.slice(start, start + length))).toContain(
    "ClassroomListClassrooms",
  );
});

test("TypeScript shows nothing of a path that is an argument, and its completion has every path and no text", () => {
  expect(hover('GET("/class')).toBeUndefined();
  const position = text.indexOf('GET("/class') + 'GET("/class'.length;
  const names = service.getCompletionsAtPosition(file, position, {})?.entries.map(({ name }) => name) ?? [];
  expect(names).toEqual(expect.arrayContaining(["/classrooms", "/repos/{owner}/{repo}", "/user"]));
  const details = service.getCompletionEntryDetails(file, position, "/classrooms", {}, undefined, {}, undefined);
  expect(ts.displayPartsToString(details?.documentation)).toBe("");
});
