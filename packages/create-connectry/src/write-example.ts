import type { Provider } from "./catalog.js";

const variableOf = (option: string, { id }: Provider) => `${id}_${option}`.toUpperCase().replaceAll("-", "_");

/** The environment variables of a provider's client. */
export const clientVariables = (provider: Provider): readonly string[] => [
  ...provider.env,
  ...provider.hostOptions.map((option) => variableOf(option, provider)),
];

/** The second argument of a call, where it needs one. */
function writeInit({ params, body }: Extract<Provider["read"], { kind: "rest" }>): string {
  if (params === undefined && body === undefined) return "";
  return `, { ${Object.entries({ params, body })
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}: ${JSON.stringify(value)}`)
    .join(", ")} }`;
}

// The imports of templates are texts of their own, so that in the bundled file only real imports begin a line.

/** The typed example: a client, and a function that reads with it. */
export function writeExample(provider: Provider): string {
  const { create, name, packageName, pascalName, read } = provider;
  const call =
    read.kind === "graphql"
      ? 'client.query<{ __typename: string }>("query { __typename }")'
      : `client.${read.body ? "POST" : "GET"}("${read.path}"${writeInit(read)})`;
  const host = provider.hostOptions
    .map((option) => `${option}: process.env.${variableOf(option, provider)}, `)
    .join("");
  return `${[`import { ${create}, type ${pascalName}, type ${pascalName}Options } from "${packageName}";`].join("\n")}

/** Creates a client of ${name}. Without \`auth\` the credential is read from ${provider.env.join(" and ")}. */
export const connect${pascalName} = (options: ${pascalName}Options = {}): ${pascalName} => ${create}(${host === "" ? "options" : `{ ${host}...options }`});

/** Reads from ${name}; changes nothing. */
export async function read${pascalName}(client: ${pascalName}) {
  const { data } = await ${call};
  return data;
}
`;
}

/** The test of the example, against a fake that is made from the provider's document. */
export function writeExampleTest(provider: Provider): string {
  const { auth, id, name, packageName, pascalName, read } = provider;
  const host = provider.hostOptions.map((option) => `${option}: "example", `).join("");
  const respond =
    read.kind === "graphql"
      ? `\n  fake.override("POST ${read.path}", () => ({ status: 200, body: { data: { __typename: "Query" } } }));`
      : "";
  // What the path names, such as the user `me`, is nothing that the fake has in a list.
  const sample = read.kind === "rest" && read.params && "path" in read.params ? ', unknownIds: "sample"' : "";
  return `${[
    'import assert from "node:assert/strict";',
    'import { type TestContext, test } from "node:test";',
    `import { facts, profile } from "${packageName}";`,
    'import { fakeProvider, instantClock } from "@connectry/testing";',
    'import { loadDocuments } from "connectry";',
    `import { connect${pascalName}, read${pascalName} } from "./${id}.js";`,
  ].join("\n")}

// The documents from which the connector was made, fetched once and kept in ~/.cache/connectry.
const document = (await loadDocuments("${packageName}")).map(({ json }) => json as object);

/** A fake ${name} until the test is over, and a client of it whose waits take no time. */
async function start(t: TestContext) {
  const fake = await fakeProvider({ document, profile, facts${sample} });${respond}
  t.after(() => fake.close());
  // A made-up credential: nothing is sent to ${name}.
  const auth = ${JSON.stringify(auth)};
  return { fake, client: connect${pascalName}({ ${host}auth, baseUrl: fake.url, clock: instantClock() }) };
}

test("${name} is read", async (t) => {
  const { fake, client } = await start(t);
  assert.ok(await read${pascalName}(client));
  assert.equal(fake.requests.length, 1);
});

test("a read is sent again where ${name} is unavailable for a moment", async (t) => {
  const { fake, client } = await start(t);
  fake.faults.push({ kind: "response", status: 503 });
  assert.ok(await read${pascalName}(client));
  assert.equal(fake.requests.length, 2);
});
`;
}
