import { CodegenError } from "../errors/codegen-error.js";
import { hasPrivateAddress, type ResolveHost } from "./private-address.js";
import { checkUrl } from "./source.js";

/** What is read of a response to find out where it leads. */
export interface RedirectableResponse {
  readonly status: number;
  readonly headers: { get(name: string): string | null };
}

const redirectStatuses: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);
const maxRedirects = 10;

/**
 * Asks for a URL, and follows redirects by hand: every target is checked before it is asked. It must be https (or http on
 * this machine), and have no private address unless the first URL has one itself.
 * @throws CodegenError for any other target, and for more than ten redirects.
 */
export async function followRedirects<T extends RedirectableResponse>(
  first: string,
  ask: (url: string) => Promise<T>,
  resolve?: ResolveHost,
): Promise<T> {
  let url = first;
  for (let redirects = 0; redirects <= maxRedirects; redirects += 1) {
    const response = await ask(url);
    const location = response.headers.get("location");
    if (!redirectStatuses.has(response.status) || location === null) return response;
    url = await checkTarget(first, URL.canParse(location, url) ? new URL(location, url).href : location, resolve);
  }
  throw new CodegenError(`${first} redirects more than ${maxRedirects} times.`);
}

async function checkTarget(first: string, text: string, resolve: ResolveHost | undefined): Promise<string> {
  let target: string;
  try {
    target = checkUrl(text);
  } catch (cause) {
    throw new CodegenError(`${first} redirects to a URL that is not allowed.`, [(cause as Error).message], { cause });
  }
  const leavesPublicNetwork =
    (await hasPrivateAddress(new URL(target), resolve)) && !(await hasPrivateAddress(new URL(first), resolve));
  if (leavesPublicNetwork) throw new CodegenError(`${first} redirects to ${target}, an address of a private network.`);
  return target;
}
