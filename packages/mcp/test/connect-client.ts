import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { type ElicitRequest, ElicitRequestSchema, type ElicitResult } from "@modelcontextprotocol/sdk/types.js";

/** How a client connects. */
export interface ConnectOptions {
  readonly headers?: Readonly<Record<string, string>>;
  /** Responds to the questions of the server; without it the client cannot ask its user. */
  readonly elicit?: (request: ElicitRequest) => Promise<ElicitResult>;
}

/** Creates the official client, which is not connected yet. */
export function createClient({ elicit }: ConnectOptions = {}): Client {
  const client = new Client(
    { name: "test", version: "1" },
    { capabilities: elicit === undefined ? {} : { elicitation: {} } },
  );
  if (elicit !== undefined) client.setRequestHandler(ElicitRequestSchema, elicit);
  return client;
}

/** Connects the official client over streamable HTTP. */
export async function connectClient(url: string, options: ConnectOptions = {}): Promise<Client> {
  const client = createClient(options);
  await client.connect(
    new StreamableHTTPClientTransport(new URL(url), { requestInit: { headers: { ...options.headers } } }),
  );
  return client;
}

/** The text of a result. */
export function textOf(result: object): string {
  const [first] = (result as { readonly content: unknown }).content as readonly { readonly text?: string }[];
  return first?.text ?? "";
}
