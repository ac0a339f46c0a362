import type { AuthDraft } from "./read-auth.js";
import type { ConnectorNames } from "./write-source.js";

const todo = (what: string) => ({
  unconfirmed: `TODO: ${what} as the vendor publishes it, with its \`source\`; or where you looked for it`,
});

/** The text of test/responses.json: what the vendor publishes, which no document has, so that all of it is left to do. */
export function writeResponses(auth: AuthDraft): string {
  const credential = sampleCredential(auth);
  const statuses = ["400", "401", "404", "429", "5xx"];
  const responses = {
    credential,
    errors: Object.fromEntries(statuses.map((status) => [status, todo(`a ${status}`)])),
    lists: [todo("the first page of a list, one in the middle, and the last")],
    webhook: todo("a signed delivery"),
  };
  return `${JSON.stringify(responses, null, 2)}\n`;
}

/** A credential in the form of the scheme: named values where it has several. */
function sampleCredential(auth: AuthDraft): string | Readonly<Record<string, string>> {
  if (auth.kind === "basic") return { [auth.username.name]: "any", [auth.password.name]: "any-secret" };
  if (auth.kind === "client-credentials")
    return { [auth.clientId.name]: "any", [auth.clientSecret.name]: "any-secret" };
  if (auth.kind !== "parts") return "any-credential";
  return Object.fromEntries(auth.parts.map(({ name }) => [name, "any-secret"]));
}

/** The text of responses.test.ts, which tests the connector by responses of the vendor, without a fake. */
export function writeResponsesTest({ create }: ConnectorNames): string {
  return `import { readFile } from "node:fs/promises";
import { responseChecks, responseProblems } from "@connectry/testing/responses";
import { expect, test } from "vitest";
import { ${create}, profile } from "./index.js";

const responses = JSON.parse(await readFile(new URL("../test/responses.json", import.meta.url), "utf8"));

test("the responses of the vendor are complete", () => expect(responseProblems(responses)).toEqual([]));

for (const { name, run } of responseChecks(profile, { create: ${create}, responses })) test(name, run);
`;
}
