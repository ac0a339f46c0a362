type Global = Readonly<Record<symbol | "fetch", unknown>>;

interface Dispatcher {
  readonly constructor: { readonly name: string; readonly prototype: Dispatcher };
  readonly dispatch: unknown;
}

// Where undici 7 and 8 keep the dispatcher of `setGlobalDispatcher`. Node's own copy of undici, and the package when it is
// loaded, put an Agent there.
const dispatcherKeys = ["undici.globalDispatcher.1", "undici.globalDispatcher.2"].map((name) => Symbol.for(name));

/** Calls a function only where its argument is another than before. */
function remember(check: (value: unknown) => boolean): (value: unknown) => boolean {
  let last: unknown = remember;
  let result = false;
  return (value) => {
    if (value !== last) [last, result] = [value, check(value)];
    return result;
  };
}

/** Node's `fetch` loads Node's copy of undici; one by a test, a framework or an instrumentation does not. */
const isNodesFetch = remember((fetch) => String(fetch).includes("internal/deps/undici"));

/** Whether a dispatcher is what `new Agent()` makes: no option set, no interceptor composed, of no other class. */
function isPlainAgent(dispatcher: unknown): boolean {
  const { constructor: agent, dispatch } = dispatcher as Dispatcher;
  const internal = (name: string) => {
    const key = Object.getOwnPropertySymbols(dispatcher).find(({ description }) => description === name);
    return key && (dispatcher as Record<symbol, unknown>)[key];
  };
  const options = internal("options");
  const isDefault = (value: unknown) => value === undefined || value === Infinity;
  return (
    agent.name === "Agent" &&
    dispatch === agent.prototype.dispatch &&
    (internal("factory") as { name?: string } | undefined)?.name === "defaultFactory" &&
    !!options &&
    Object.values(options).every(isDefault)
  );
}

const dispatchers = dispatcherKeys.map((key) => ({
  key,
  isPlain: remember((dispatcher) => dispatcher === undefined || isPlainAgent(dispatcher)),
}));

/**
 * Whether requests must be sent with `globalThis.fetch`, because the program expects to see them there: it replaced `fetch`
 * (a stub, MSW, Next.js), or the dispatcher of undici (a MockAgent, a proxy, `NODE_USE_ENV_PROXY`). What is not certainly
 * Node's own counts as replaced.
 */
export function isFetchReplaced(): boolean {
  const global = globalThis as unknown as Global;
  return !isNodesFetch(global.fetch) || dispatchers.some(({ key, isPlain }) => !isPlain(global[key]));
}
