import { expect, test } from "vitest";
import { followRedirects } from "./follow-redirects.js";
import { isPrivateAddress } from "./private-address.js";

const hosts: Readonly<Record<string, readonly string[]>> = {
  "public.test": ["93.184.215.14"],
  "other.test": ["2606:2800:21f:cb07:6820:80da:af6b:8b2c"],
  "intranet.test": ["10.0.0.7"],
  // One public address does not make the private one harmless.
  "mixed.test": ["93.184.215.14", "169.254.169.254"],
  localhost: ["::1"],
};
const resolve = async (host: string) => hosts[host] ?? [];

/** Follows a redirect of the first URL to the second one, and returns the URLs that were asked. */
async function follow(first: string, target: string) {
  const asked: string[] = [];
  const ask = async (url: string) => {
    asked.push(url);
    return url === first
      ? { status: 302, headers: new Headers({ location: target }) }
      : { status: 200, headers: new Headers() };
  };
  const error = await followRedirects(first, ask, resolve).then(
    () => undefined,
    (reason: Error) => reason.message,
  );
  return { asked, error };
}

test.each([
  "https://intranet.test/a",
  "https://mixed.test/a",
  "https://localhost/a",
  "http://localhost/a",
  "https://10.0.0.7/a",
  "https://[::1]/a",
  "https://[::ffff:169.254.169.254]/a",
  "https://0x7f.1/a",
  "https://0/a",
])("a redirect from a public host to %s is not followed", async (target) => {
  const { asked, error } = await follow("https://public.test/a", target);
  expect(error).toMatch(/an address of a private network/);
  expect(asked).toEqual(["https://public.test/a"]);
});

test.each(["http://other.test/a", "ftp://other.test/a", "file:///etc/passwd", "https://user:pw@other.test/a"])(
  "a redirect to %s is not followed",
  async (target) => {
    const { asked, error } = await follow("https://public.test/a", target);
    expect(error).toMatch(/redirects to a URL that is not allowed/);
    expect(asked).toEqual(["https://public.test/a"]);
  },
);

test.each([
  ["https://public.test/a", "https://other.test/b"],
  ["https://intranet.test/a", "https://10.0.0.8/b"],
  ["https://public.test/a", "/b"],
])("a redirect from %s to %s is followed", async (first, target) => {
  const { asked, error } = await follow(first, target);
  expect(error).toBeUndefined();
  expect(asked).toEqual([first, new URL(target, first).href]);
});

// https://www.iana.org/assignments/iana-ipv4-special-registry and https://www.iana.org/assignments/iana-ipv6-special-registry
test("isPrivateAddress knows the addresses that are not globally reachable", () => {
  const local =
    "0.0.0.0 10.1.2.3 100.64.0.1 127.0.0.1 169.254.169.254 172.31.255.255 192.168.0.1 198.18.0.1 224.0.0.1 255.255.255.255";
  const local6 = ":: ::1 ::ffff:10.0.0.1 ::7f00:1 64:ff9b::a00:1 2002:a00:1:: fc00::1 fd12::1 fe80::1 fec0::1 ff02::1";
  for (const address of `${local} ${local6}`.split(" "))
    expect([address, isPrivateAddress(address)]).toEqual([address, true]);
  for (const address of "1.1.1.1 8.8.8.8 172.32.0.1 192.169.0.1 223.255.255.255 ::ffff:8.8.8.8 2606:4700::1111".split(
    " ",
  ))
    expect([address, isPrivateAddress(address)]).toEqual([address, false]);
});
