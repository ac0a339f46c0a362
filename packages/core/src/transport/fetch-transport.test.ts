import { expect, test } from "vitest";
import { createAcme } from "../../test/acme.js";

test.each(["GET", "POST"] as const)(
  "a %s tells Next.js, which patches fetch, that its response is not to be kept",
  async (method) => {
    const options: unknown[] = [];
    const fetch = async (_: unknown, init?: RequestInit) => {
      options.push((init as { next?: unknown }).next);
      return Response.json({});
    };
    await createAcme({ fetch })[method]("/things", method === "POST" ? { body: {} } : {});
    expect(options).toEqual([{ revalidate: 0 }]);
  },
);
