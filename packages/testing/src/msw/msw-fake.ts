import type { RequestHandlerOptions } from "msw";
import type { ScriptedResponse } from "../http/encode-response.js";
import { createFake, type Fake, type Override } from "../provider/fake.js";
import { handleBy, headOf } from "../provider/fake-handler.js";
import type { FakeProviderOptions } from "../provider/fake-provider-options.js";
import { originsOf } from "../provider/provider-origins.js";
import { HttpResponse, http } from "./load-msw.js";
import type { MswHandler, TypedOverride } from "./typed-override.js";

/** What the fake provider of MSW is made from. */
export interface MswFakeOptions extends FakeProviderOptions {
  /** Further addresses that the client sends to, such as its option `baseUrl`. */
  readonly baseUrls?: readonly string[] | undefined;
}

/** A fake provider behind Mock Service Worker. */
export interface MswFake extends Fake {
  /** For `setupServer(...fake.handlers)`: they respond to every request to the provider. */
  readonly handlers: readonly MswHandler[];
  /**
   * Overrides in the types of a document, `paths` of `@connectry/stripe/schema`:
   * `server.use(fake.on<paths>()("GET", "/v1/balance", ({ reply }) => reply(200, balance)))`.
   */
  on<Paths>(): TypedOverride<Paths>;
}

/** Where transports that MSW cannot see find the origins whose requests they must not send: `undiciTransport`. */
function announce(origins: readonly string[]): void {
  const key = Symbol.for("connectry.interceptedOrigins");
  const global = globalThis as Record<symbol, unknown>;
  const known = (global[key] ?? new Set()) as Set<string>;
  for (const origin of origins) known.add(origin);
  global[key] = known;
}

const reply = (status: number, body?: unknown, headers?: ScriptedResponse["headers"]): ScriptedResponse => ({
  status,
  body,
  headers,
});

/**
 * Creates a fake provider, as `fakeProvider` starts one, for Mock Service Worker 2 or 3. It sees every client that MSW sees: `fetch`,
 * `node:http`, and what is built on them, such as the providers' own packages. A client with `undiciTransport()` is refused, because
 * MSW does not see it.
 */
export function mswFake({ baseUrls = [], ...options }: MswFakeOptions): MswFake {
  const { basePath, receive, routeOf, postEvent, end, ...fake } = createFake(options);
  const origins = [...new Set([...originsOf(options), ...baseUrls.map((url) => new URL(url).origin)])];
  const handle = async (request: Request, override?: Override): Promise<Response> => {
    try {
      return await handleBy({ receive }, request, override);
    } catch (error) {
      // A connection that a fault closed, or a request that its client gave up.
      if (request.signal.aborted || error instanceof TypeError) return HttpResponse.error();
      throw error;
    }
  };
  const everywhere = (respond: (request: Request) => Promise<Response | undefined>, settings?: RequestHandlerOptions) =>
    http.all(
      ({ request }) => origins.includes(new URL(request.url).origin),
      ({ request }) => respond(request),
      settings,
    );
  const handler = everywhere((request) => handle(request));
  announce(origins);
  return {
    ...fake,
    handlers: [handler],
    on:
      () =>
      (method, path, ...[respond, settings]): MswHandler =>
        everywhere(async (request) => {
          const route = routeOf(headOf(request));
          const isOther = route.kind !== "operation" || route.operation.id !== `${method} ${path}`;
          return isOther ? undefined : handle(request, (recorded) => respond({ request: recorded, reply } as never));
        }, settings),
  };
}
