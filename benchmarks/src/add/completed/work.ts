import type { Completed } from "./completed.ts";

/** Work, files, design. */
export const work: readonly Completed[] = [
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
    id: "asana",
    drafted: "bearer, `comma` queries, 62 lists that are asked for by `limit`, the error message, the envelope",
    byHand: [
      ["`env`", "a document names no environment variable: the draft is `ASANA_TOKEN`"],
      ["`rateLimits`, `concurrency`", "both are on the page about limits alone"],
      ["the audit log is not iterated, by overlay", "it has a next page for ever"],
      ["3 lists, by overlay", "a member or a parameter is missing"],
      ["`requestId`", "the phrase in errors is prose"],
      ["70 events", "the document has none"],
    ],
  },
  {
    id: "box",
    drafted:
      "base URL, 4 page styles with their markers, errors with request id, JSON Patch, the host of uploads, `comma` queries",
    byHand: [
      ["`name`", 'the title is "Box Platform API"'],
      ["`client-credentials` with subjects", "the document has the flow of users; the form of the other is prose"],
      ["`step`", "that pages leave out items is prose"],
      ["limits and buckets", "they are on the page about limits alone"],
      ["rules for 202 and 409", "which 202 is not ready is prose"],
      ["`as-user`", "whose limits count is prose; the header was drafted with a TODO since"],
      ["/search as a list, by overlay", "a `oneOf` hid it"],
      ["one POST that reads, PUTs of JSON Patch that may not be repeated, by overlay", "OpenAPI has no word for it"],
    ],
  },
];
