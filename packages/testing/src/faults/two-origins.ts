import { type FaultServer, faultServer } from "./fault-server.js";

/** Two servers with different origins, of which the first can redirect to the second. */
export interface TwoOrigins {
  readonly first: FaultServer;
  readonly second: FaultServer;
  /** Redirects the next request to `first` to a path of `second`. @default path `/` */
  redirect(status: 301 | 302 | 303 | 307 | 308, path?: string): void;
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** Starts two loopback servers that record their requests, for tests of redirects to another origin. */
export async function twoOrigins(): Promise<TwoOrigins> {
  const [first, second] = await Promise.all([faultServer(), faultServer()]);
  const close = async () => {
    await Promise.all([first.close(), second.close()]);
  };
  return {
    first,
    second,
    redirect: (status, path = "/") => {
      first.faults.push({ kind: "response", status, headers: { location: `${second.url}${path}` } });
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}
