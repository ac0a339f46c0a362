import { readFile } from "node:fs/promises";
import { markdownTable } from "../report/table.ts";

/** The heading of the section in RESULTS.md. */
export const byHandHeading = "## Drafts beside finished connectors";

/** A connector that `connectry add` began, and that was completed by what its vendor publishes. */
interface Completed {
  readonly id: string;
  /** What `connectry add` read of the document. */
  readonly drafted: string;
  /** What was written by hand, each with the reason for which no document could say it. */
  readonly byHand: readonly (readonly [what: string, why: string])[];
}

const named = (draft: string) => `a document names no environment variable: the draft is ${draft}`;
const completed: readonly Completed[] = [
  {
    id: "openai",
    drafted: "base URL, bearer, errors, 62 lists",
    byHand: [
      ["`env`", named("`OPENAI_TOKEN`")],
      ["`requestId`", "the document does not describe the header"],
      ["`retry`", "the official client's verdict header, and two codes of the page about errors"],
      ["`rateLimitHeaders`", "two quotas with durations, on the page about limits alone"],
      ["`tenantHeaders`", "whose limits count is said on the page about limits alone"],
      ["`events`", "how a stream ends is prose"],
      [
        "22 lists, by overlay",
        "the official client continues after the last item, where the document also has a `last_id`",
      ],
    ],
  },
  {
    id: "resend",
    drafted: "base URL, bearer, the key of two writes, 24 lists",
    byHand: [
      ["`env`", named("`RESEND_TOKEN`")],
      ["`errors.code`", "the document describes no errors"],
      ["3 rules of `retry`", "which errors pass is on the page about errors alone"],
      ["`rateLimitHeaders`", "the document describes no headers of responses"],
    ],
  },
  {
    id: "discord",
    drafted: "base URL, `nonce`, quota headers, errors, 6 lists",
    byHand: [
      ["`env`", named("`DISCORD_API_KEY`")],
      ["`prefix` of the credential", "the document says `apiKey` in a header; `Bot` is prose"],
      ["the header `user-agent`", "it is demanded in prose"],
      ["`rateLimits`", "50 requests in a second, in prose"],
      [
        "`x-ratelimit-reset-after`",
        "both headers of a reset are described, and the draft has the time, which depends on the clock here",
      ],
      ["`quotaNames`", "what a bucket counts is prose"],
      ["2 rules of `retry`", "waits are in bodies, with fractions of a second, in prose"],
      ["lists without a size, by overlay", "pages are bare lists, and how they continue is prose"],
    ],
  },
  {
    id: "figma",
    drafted: "base URL, errors of both shapes, 11 lists in 4 ways",
    byHand: [
      [
        "`auth`",
        "the document has a header and OAuth for most operations; the draft took OAuth, and which fits a server is prose",
      ],
      ["1 rule of `retry`", "a 403 may be a token that is not valid any more, which a page about files says"],
      ["`rateLimitHeaders`", "limits depend on the seat and the plan, on the page about limits alone"],
      [
        "2 buckets and 2 lists, by overlay",
        "tiers are prose; a URL of the next page without a parameter for it was not seen",
      ],
      ["7 events, by overlay", "the document has them as callbacks, under other names"],
      ["1 POST that reads, by overlay", "OpenAPI has no word for it"],
    ],
  },
  {
    id: "notion",
    drafted: "base URL, bearer, the version header, errors",
    byHand: [
      ["1 rule of `retry`", "529 is on the page about limits and in the official client alone"],
      ["`requestId`", "the document does not describe the header"],
      ["2 ways to page, of 6 lists", "the document says `type: object` of responses, so that no list can be seen"],
      [
        "the credential of 23 operations, by overlay",
        "the document says `security: []` of them; the draft now has a TODO for it",
      ],
      ["types of 19 responses, by overlay", "the document has none, the official client does"],
      ["2 POSTs that read, by overlay", "OpenAPI has no word for it"],
    ],
  },
  {
    id: "google-analytics",
    drafted: "base URL, bearer, 5 quotas in bodies, 1 list",
    byHand: [
      ["`multiSegment`", "`properties/1234` is an example in prose"],
      ["`errors`", "the document describes no errors"],
      ["1 rule of `retry`", "which exhausted quota comes back soon is prose"],
      ["`concurrency`, `quotaNames`", "10 requests at once, and quotas for each property, are prose"],
      ["2 lists by `offset`, by overlay", "a POST whose body has an `offset` was not taken for a list"],
      ["7 POSTs that read, by overlay", "OpenAPI has no word for it"],
      ["requirements of two flows, by overlay", "the document asks for two tokens at once, where either is enough"],
    ],
  },
];

/** The section about what was written by hand; the actions of overlays are counted in `specs`. */
export async function byHandSection(specs: URL): Promise<string> {
  const rows = await Promise.all(
    completed.map(async ({ id, drafted, byHand }) => {
      const overlay = await readFile(new URL(`${id}/overlay.yaml`, specs), "utf8");
      const actions = overlay.match(/^ {2}- target:/gm)?.length ?? 0;
      return byHand.map(([what, why], index) => [
        index === 0 ? id : "",
        index === 0 ? drafted : "",
        what,
        why,
        index === 0 ? String(actions) : "",
      ]);
    }),
  );
  return `What \`connectry add\` read of the documents of connectors that are now in this repository, and what their authors added by hand, from the pages that
their profiles name. Written by \`pnpm bench:add drafts\` from \`benchmarks/src/add/by-hand.ts\`; the actions of their overlays are counted.

${markdownTable([["", "drafted", "by hand", "why", "overlay actions"], ...rows.flat()])}`;
}
