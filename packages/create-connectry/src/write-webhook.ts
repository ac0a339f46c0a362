import type { Provider, ProviderWebhook } from "./catalog.js";
import { routeOf } from "./frameworks.js";

/** A provider that has webhooks. */
export type ProviderWithWebhook = Provider & { readonly webhook: ProviderWebhook };

/** Whether the connector of a provider receives webhooks. */
export const hasWebhook = (provider: Provider): provider is ProviderWithWebhook => provider.webhook !== undefined;

/** The handler of a provider's webhooks. */
export function writeWebhook(provider: ProviderWithWebhook): string {
  return `${`import { webhooks } from "${provider.packageName}/webhooks";`}

/** Verifies each delivery of ${provider.name}, and processes each event once. */
export const ${routeOf(provider).handler} = webhooks.handler({
  secrets: () => process.env.${provider.webhook.env},
  // Events by their types, which your editor completes, belong into \`on: { ... }\`.
  otherwise: ({ type }) => console.log(\`${provider.name}: \${type}\`),
});
`;
}

/** The test of the server: signed deliveries are accepted, all others are not. */
export function writeWebhookTest(provider: ProviderWithWebhook): string {
  const { packageName, name, webhook } = provider;
  const { secret, signature, bodySignature, body } = webhook.sample;
  const accepts = webhook.fetchesKeys === undefined;
  const signing = [
    `import { webhooks } from "${packageName}/webhooks";`,
    'import { signWebhook } from "@connectry/testing";',
  ];
  const [send, signatureText] =
    signature === undefined
      ? ["fetch(await signWebhook(webhooks.scheme, body, { secret, url, headers }))", ""]
      : [
          'fetch(url, { method: "POST", headers: { ...headers, ...signature }, body })',
          `\n// Its secret is a public key, so that only ${name} can sign.\nconst signature = ${JSON.stringify(signature)};`,
        ];
  // Of some providers the body contains the secret or the signature, and is all that is verified.
  const inBody = body.includes(secret) ? "secret" : JSON.stringify(bodySignature);
  const unsigned = inBody === undefined ? "body" : `body: body.replace(${inBody}, "of somebody else")`;
  return `${[
    'import assert from "node:assert/strict";',
    'import type { AddressInfo } from "node:net";',
    'import { after, test } from "node:test";',
    ...(accepts && signature === undefined ? signing : []),
    'import { start } from "./server.js";',
  ].join("\n")}

const secret = ${JSON.stringify(webhook.sample.secret)};
process.env.${webhook.env} = secret;
const server = await start(0);
after(() => server.close());
const url = \`http://127.0.0.1:\${(server.address() as AddressInfo).port}${routeOf(provider).path}\`;

// As ${name} publishes it.
const body = ${JSON.stringify(webhook.sample.body)};
const headers = ${JSON.stringify(webhook.sample.headers)};${signatureText}

${
  accepts
    ? `test("a delivery that ${name} has signed is accepted", async () => {
  const response = await ${send};
  assert.ok(response.ok, \`\${response.status}: \${await response.text()}\`);
});
`
    : `// Only ${name} can sign one that is accepted: with a key that is fetched from it.`
}
test("a delivery that is not signed by ${name} is rejected", async () => {
  assert.equal((await fetch(url, { method: "POST", headers, ${unsigned} })).status, 401);
});
`;
}
