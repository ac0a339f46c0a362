import { type Completed, named } from "./completed.ts";

/** Mail, messages, customers. */
export const communication: readonly Completed[] = [
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
    id: "sendgrid",
    drafted: "3 page styles, the error message, the tenant header",
    byHand: [
      ["`name`", 'the title of the document is that of a part of it, "Email Activity (beta)"'],
      ["bearer", "the document has the credential as a header parameter"],
      ["the region `eu`", "its host is on a page about regions alone"],
      ["2 other shapes of errors", "the document describes one of three"],
      ["`rateLimitHeaders`, `quotaNames.perOperation`", "the headers are on the page about limits alone"],
      ["1 rule of `retry`", "which failures pass is prose"],
      ["3 operations off, by overlay", "two were read as lists that are not, and one path is missing"],
      ["11 events", "no document has them"],
    ],
  },
  {
    id: "intercom",
    drafted: "base URL, 3 regions, bearer, the version header, 5 page styles, error paths, the request id",
    byHand: [
      ["names of regions, `env`", "a server has a sentence, and no name"],
      [
        "`rateLimits`, `rateLimitHeaders`, the wait of a 429",
        "limits and their headers are on the page about limits alone",
      ],
      ["`scrolls`", "that a scroll ends with an empty page is prose; drafted since, for a parameter of that name"],
      ["parameters of 14 lists, by overlay", "the document leaves out what its prose names"],
      ["POSTs that read, by overlay", "OpenAPI has no word for it"],
      ["other shapes of errors, dates", "the document describes one shape, and dates as integers"],
      ["binary downloads, ids with another format than UUID, by overlay", "the document is wrong"],
      ["topics of webhooks", "the document has none"],
    ],
  },
  {
    id: "klaviyo",
    drafted:
      "JSON:API media types, 12 operations without credential, lists by URL, errors, the revision as a fixed header",
    byHand: [
      ["`versionHeader`", "the parameter is called `revision`"],
      ["the prefix of the key", "it is in a description"],
      ["bearer for accounts", "OAuth is on a page of its own"],
      ["6 limits", "they are in an extension of each operation"],
      ["`rateLimitHeaders`, `requestId`", "the document does not describe headers"],
      ["reports that read, an upsert, by overlay", "OpenAPI has no word for it"],
      ["`oneOf` to `anyOf`, by overlay", "alternatives of the document exclude each other"],
      ["25 topics of webhooks", "the document has none"],
    ],
  },
];
