import { type Completed, named } from "./completed.ts";

/** AI, identity, analytics. */
export const data: readonly Completed[] = [
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
    id: "mistral",
    drafted: "base URL, bearer, 6 page styles, JSON in queries",
    byHand: [
      ["`env`", "a document names no environment variable"],
      ["`first` of 5 lists, 2 lists by cursor", "a default of 1 was read as 0, and a cursor as a URL"],
      ["2 lists, by overlay", "their parameters have names of their own"],
      ["5 shapes of errors", "the document describes one"],
      ["types of events and their end", "the document has an event as its text and its data"],
      ["regions", "they are prose"],
      ["POSTs that read, by overlay", "OpenAPI has no word for it"],
    ],
  },
  {
    id: "clerk",
    drafted: "base URL, bearer, lists by offset with a total and by the last id, a key in bodies, the error message",
    byHand: [
      ["`name`, `env`", 'the title is "Clerk Backend API"'],
      ["the version header", "the document names the version, and no header"],
      ["`paginated` of 8 lists", "drafted as bare lists, which end after one page"],
      ["limits of environments", "they are on the page about limits alone"],
      ["the longer message, the trace id", "the document describes both, under names of its own"],
      ["46 events", "they are in another document of the vendor"],
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
