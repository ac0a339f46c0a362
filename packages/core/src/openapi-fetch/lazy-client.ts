import type { Client, Middleware } from "openapi-fetch";

/** A client whatever its paths, as its methods are called. */
interface AnyClient {
  request(method: string, path: string, init?: RequestOptions): Promise<unknown>;
}

interface RequestOptions {
  readonly middleware?: readonly Middleware[];
}

/** The middlewares of every request that are not the user's: before and after all others, whichever are added later. */
interface OwnMiddlewares {
  readonly first: Middleware;
  readonly last: Middleware;
}

const methods = ["GET", "PUT", "POST", "DELETE", "OPTIONS", "HEAD", "PATCH", "TRACE"] as const;

/** Throws for what `use` of openapi-fetch does not take. */
function checkMiddleware(middleware: Middleware): void {
  if (typeof middleware === "object" && ["onRequest", "onResponse", "onError"].some((name) => name in middleware))
    return;
  throw new Error("Middleware must be an object with one of `onRequest()`, `onResponse() or `onError()`");
}

/** A client of openapi-fetch that `create` loads and creates with its first request. It keeps the middlewares until then, and after. */
export function lazyClient<Paths extends object>(
  create: () => Promise<AnyClient>,
  { first, last }: OwnMiddlewares,
): Client<Paths> {
  let created: Promise<AnyClient> | undefined;
  let middlewares: readonly Middleware[] = [];

  const request = async (method: string, path: string, init?: RequestOptions): Promise<unknown> => {
    const middleware = [first, ...middlewares, ...(init?.middleware ?? []), last];
    created ??= create();
    return (await created).request(method, path, { ...init, middleware });
  };
  const requests = methods.map((method) => [
    method,
    (path: string, init?: RequestOptions) => request(method, path, init),
  ]);
  return {
    request,
    ...Object.fromEntries(requests),
    use(...added: readonly Middleware[]) {
      const given = added.filter(Boolean);
      given.forEach(checkMiddleware);
      middlewares = [...middlewares, ...given];
    },
    eject(...removed: readonly Middleware[]) {
      middlewares = middlewares.filter((one) => !removed.includes(one));
    },
  };
}
