import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createService } from "../language-service.ts";

// What an editor shows of an operation that is a member of its path, by the compilers with which this repository is tested: the
// language service of 5.6 and 5.9, and the language server of 7.

const codegen = createRequire(new URL("../../packages/codegen/package.json", import.meta.url));
const folder = fileURLToPath(new URL("../../examples", import.meta.url));
const file = join(folder, "hover-by-path.ts");
const text = `import { createGithub } from "@connectry/github";
import { byPath } from "@connectry/github/by-path";
const github = byPath(createGithub());
github["/classrooms"].GET();
github["/meta"].GET();
github["/user/repo"];
`;

/** The position inside the first occurrence of a text. */
const inside = (part: string) => text.indexOf(part) + 2;

// https://docs.github.com/rest/classroom/classroom#list-classrooms, https://docs.github.com/rest/meta/meta#get-github-meta-information
const classrooms = "List classrooms";
const meta = "Get GitHub meta information";

describe.each([
  ["5.6", "typescript-5.6"],
  ["5.9", "typescript"],
])("TypeScript %s", (version, name) => {
  const ts = codegen(name) as typeof import("typescript");
  const service = createService(ts, { folder, file, text });
  const hover = (part: string) => service.getQuickInfoAtPosition(file, inside(part));

  test("shows the operation's text and its deprecation, of the path and of its method", () => {
    expect(ts.version).toMatch(new RegExp(`^${version}\\.`));
    for (const part of ['"/classrooms"', 'GET();\ngithub["/meta']) {
      const info = hover(part);
      expect(ts.displayPartsToString(info?.documentation)).toContain(classrooms);
      expect(info?.tags?.map((tag) => tag.name)).toContain("deprecated");
    }
    for (const part of ['"/meta"', 'GET();\ngithub["/user']) {
      const info = hover(part);
      expect(ts.displayPartsToString(info?.documentation)).toContain(meta);
      expect(info?.tags ?? []).toEqual([]);
    }
  });

  test("strikes a deprecated path and its method through, and no other", () => {
    const struck = service.getSuggestionDiagnostics(file).filter(({ reportsDeprecated }) => reportsDeprecated);
    expect(struck.map(({ start = 0, length = 0 }) => text.slice(start, start + length))).toEqual([
      '"/classrooms"',
      "GET",
    ]);
  });

  test("names the nearest path for a wrong one", () => {
    const [error] = service.getSemanticDiagnostics(file);
    expect(ts.flattenDiagnosticMessageText(error?.messageText ?? "", "\n")).toMatch(/Did you mean '\/user\/repos'\?/);
  });

  test("completes paths with the operation's text", () => {
    const position = text.indexOf('"/meta"') + '"/me'.length;
    const entries = service.getCompletionsAtPosition(file, position, {})?.entries ?? [];
    expect(entries.find((entry) => entry.name === "/classrooms")?.kindModifiers).toContain("deprecated");
    const details = service.getCompletionEntryDetails(file, position, "/meta", {}, undefined, {}, undefined);
    expect(ts.displayPartsToString(details?.documentation)).toContain(meta);
  });
});

/** A language server, spoken to in the protocol's frames. */
function connect(server: ChildProcessWithoutNullStreams) {
  const waiting = new Map<number, (result: unknown) => void>();
  let received = Buffer.alloc(0);
  server.stdout.on("data", (part: Buffer) => {
    received = Buffer.concat([received, part]);
    for (;;) {
      const end = received.indexOf("\r\n\r\n");
      const size = Number(/Content-Length: (\d+)/.exec(received.toString("utf8", 0, Math.max(end, 0)))?.[1]);
      if (end < 0 || received.length < end + 4 + size) return;
      const message = JSON.parse(received.toString("utf8", end + 4, end + 4 + size));
      received = received.subarray(end + 4 + size);
      // It asks for settings, too; there are none.
      if (message.method !== undefined && message.id !== undefined) write({ id: message.id, result: null });
      else waiting.get(message.id)?.(message.result);
    }
  });
  const write = (message: object) => {
    const body = JSON.stringify({ jsonrpc: "2.0", ...message });
    server.stdin.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
  };
  let lastId = 0;
  return {
    notify: (method: string, params: object) => write({ method, params }),
    request(method: string, params: object): Promise<unknown> {
      lastId += 1;
      const id = lastId;
      return new Promise((resolve) => {
        waiting.set(id, resolve);
        write({ id, method, params });
      });
    },
  };
}

describe("TypeScript 7", () => {
  let server: ChildProcessWithoutNullStreams;
  let connection: ReturnType<typeof connect>;
  const uri = pathToFileURL(file).href;

  beforeAll(async () => {
    const tsc = createRequire(import.meta.url)
      .resolve("typescript/package.json")
      .replace("package.json", "bin/tsc");
    server = spawn(process.execPath, [tsc, "--lsp", "--stdio"], { cwd: folder });
    connection = connect(server);
    const capabilities = { textDocument: { hover: { contentFormat: ["markdown"] } } };
    await connection.request("initialize", {
      processId: process.pid,
      rootUri: pathToFileURL(folder).href,
      capabilities,
    });
    connection.notify("initialized", {});
    connection.notify("textDocument/didOpen", { textDocument: { uri, languageId: "typescript", version: 1, text } });
  });
  afterAll(() => server.kill());

  const hover = async (part: string): Promise<string> => {
    const before = text.slice(0, inside(part)).split("\n");
    const position = { line: before.length - 1, character: before.at(-1)?.length };
    return JSON.stringify(await connection.request("textDocument/hover", { textDocument: { uri }, position }));
  };

  test("shows the operation's text and its deprecation, of the path and of its method", async () => {
    for (const part of ['"/classrooms"', 'GET();\ngithub["/meta']) {
      expect(await hover(part)).toContain(classrooms);
      expect(await hover(part)).toContain("@deprecated");
    }
    for (const part of ['"/meta"', 'GET();\ngithub["/user']) {
      expect(await hover(part)).toContain(meta);
      expect(await hover(part)).not.toContain("@deprecated");
    }
  });
});
