import type { Provider } from "./catalog.js";

/** A framework that serves webhooks: the packages that it needs, and its server. */
interface Framework {
  readonly hint: string;
  readonly dependencies: readonly string[];
  readonly devDependencies: readonly string[];
  /** The code of `src/server.ts`, without the imports of the webhooks. */
  readonly imports: readonly string[];
  readonly needsNodeHandler: boolean;
  readonly code: (routes: readonly Route[]) => string;
}

interface Route {
  readonly path: string;
  readonly handler: string;
}

const lines = (routes: readonly Route[], line: (route: Route) => string) => routes.map(line).join("\n");
const startOf = (listen: string) => `
/** Listens on a port; 0 is any free one. */
export async function start(port: number): Promise<Server> {
  const server = ${listen};
  if (!server.listening) await once(server, "listening");
  return server;
}`;
const serverTypes = ['import { once } from "node:events";', 'import type { Server } from "node:http";'];

/** The frameworks by their names. */
export const frameworks = {
  hono: {
    hint: "Hono on Node",
    dependencies: ["hono", "@hono/node-server"],
    devDependencies: [],
    imports: [...serverTypes, 'import { serve } from "@hono/node-server";', 'import { Hono } from "hono";'],
    needsNodeHandler: false,
    code: (routes) => `export const app = new Hono();
${lines(routes, ({ path, handler }) => `app.post("${path}", (context) => ${handler}(context.req.raw));`)}
${startOf("serve({ fetch: app.fetch, port }) as Server")}`,
  },
  express: {
    hint: "Express 5",
    dependencies: ["express"],
    devDependencies: ["@types/express"],
    imports: [...serverTypes, 'import express, { type Express } from "express";'],
    needsNodeHandler: true,
    code: (routes) => `export const app: Express = express();
// Before express.json(), which would consume the bytes that are signed.
${lines(routes, ({ path, handler }) => `app.post("${path}", toNodeHandler(${handler}));`)}
app.use(express.json());
${startOf("app.listen(port)")}`,
  },
  fastify: {
    hint: "Fastify 5",
    dependencies: ["fastify"],
    devDependencies: [],
    imports: ['import type { Server } from "node:http";', 'import fastify from "fastify";'],
    needsNodeHandler: true,
    code: (routes) => `export const app = fastify();
// A scope of its own, which passes on every body as bytes: a parser would consume what is signed.
app.register(async (scope) => {
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser("*", { parseAs: "buffer" }, (_request, body, done) => done(null, body));
${lines(routes, ({ path, handler }) => `  scope.post("${path}", toNodeHandler(${handler}));`)}
});

/** Listens on a port; 0 is any free one. */
export async function start(port: number): Promise<Server> {
  await app.listen({ port });
  return app.server;
}`,
  },
  node: {
    hint: "node:http, without a framework",
    dependencies: [],
    devDependencies: [],
    imports: [
      'import { once } from "node:events";',
      'import { createServer, type RequestListener, type Server } from "node:http";',
    ],
    needsNodeHandler: true,
    code: (routes) => `const routes: Readonly<Record<string, RequestListener>> = {
${lines(routes, ({ path, handler }) => `  "POST ${path}": toNodeHandler(${handler}),`)}
};

/** Listens on a port; 0 is any free one. */
export async function start(port: number): Promise<Server> {
  const server = createServer((request, response) => {
    const route = routes[\`\${request.method} \${request.url?.split("?")[0]}\`];
    if (route) route(request, response);
    else response.writeHead(404).end();
  }).listen(port);
  await once(server, "listening");
  return server;
}`,
  },
} as const satisfies Readonly<Record<string, Framework>>;

/** The name of a framework. */
export type FrameworkName = keyof typeof frameworks;

/** The route of a provider's webhooks, and the name of its handler. */
export const routeOf = ({ id, pascalName }: Provider): Route => ({
  path: `/webhooks/${id}`,
  handler: `on${pascalName}Event`,
});

/** The code of the server, with a route for the webhooks of each provider. */
export function writeServer(name: FrameworkName, providers: readonly Provider[]): string {
  const { imports, needsNodeHandler, code }: Framework = frameworks[name];
  const [first] = providers;
  const handlers = providers.map((one) => `import { ${routeOf(one).handler} } from "./${one.id}-webhook.js";`);
  const adapter = needsNodeHandler && first ? [`import { toNodeHandler } from "${first.packageName}/webhooks";`] : [];
  return `${[...imports, ...adapter, ...handlers].join("\n")}\n\n${code(providers.map(routeOf))}\n`;
}
