import { type FaultServer, faultServer } from "./fault-server.js";

/** Two servers that are different origins to each other, and a way to send a client from one to the other. */
export interface TwoOrigins {
  readonly first: FaultServer;
  readonly second: FaultServer;
  /** The next request to `first` is redirected to this path of `second`. */
  redirect(status: 301 | 302 | 303 | 307 | 308, path?: string): void;
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** Starts two loopback servers that record what they receive: what reached `second` has crossed an origin. */
export async function twoOrigins(): Promise<TwoOrigins> {
  const [first, second] = await Promise.all([faultServer(), faultServer()]);
  const close = async () => {
    await Promise.all([first.close(), second.close()]);
  };
  return {
    first,
    second,
    redirect: (status, path = "/") => {
      first.faults.push({ kind: "answer", status, headers: { location: `${second.url}${path}` } });
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}
