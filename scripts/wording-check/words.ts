/** A word or phrase that our text does not use. */
export interface Ban {
  readonly pattern: RegExp;
  readonly instead: string;
  /** Where it is banned. @default everywhere */
  readonly in?: RegExp;
}

const ban = (pattern: RegExp, instead: string, only?: RegExp): Ban => ({ pattern, instead, ...(only && { in: only }) });

/** Phrases of prose: comments, messages, titles of tests, documents. */
const phrases: readonly Ban[] = [
  ban(/\banswer(s|ed|ing)?\b/i, "response, respond, reply, return"),
  ban(/\bcall(ed|s|ing)? back\b/i, "invalidate; or: call the callback"),
  ban(/(?<!there )\b(is|are|was|were) none\b/i, "is not a valid X, is missing"),
  ban(/(?<!there )\b(is|are) no(?! longer\b| more\b)\s+[a-z]/i, "is not an X, is missing"),
  ban(/\breckon/i, "compute, estimate"),
  ban(/\bwish(es|ed)?\b/i, "options, request"),
  ban(/\bgoes? before\b/i, "takes precedence over"),
  ban(/\b(laid|lays?) over\b/i, "merged over"),
  ban(/\b(stands?|stood)\b(?! for\b)/i, "is, is in, runs"),
  ban(/\bwho reads\b|\bwhoever\b/i, "code that, callers that"),
  ban(/\bhears? of\b|\bheard of\b/i, "is notified of"),
  ban(/\btells? of\b|\btold of\b/i, "reports"),
  ban(/\bworked on\b/i, "processed"),
  ban(/\bRedis (is|was) away\b|\bwhile .{0,20}\baway\b/i, "unavailable"),
  ban(/(?<!mis)\bspell(s|ed|ing|ings)?\b/i, "format, formatting, encoding"),
  ban(/\brehears/i, "release end-to-end test"),
  ban(/\bstrangers?\b/i, "consumer"),
  ban(/\bsundry\b/i, "misc"),
  ban(/\bpassed its \w+ limit\b/i, "timed out after N ms"),
  ban(/\bcannot be walked\b|\bwalk(s|ed)? (a|the|every) (list|page)s?\b/i, "iterate, paginate"),
  ban(
    /\b\w*(serialis|normalis|recognis|organis|initialis|optimis|utilis|authoris|minimis|maximis|summaris)\w*/i,
    "American spelling: -ize",
  ),
  ban(/\b(behaviour|colour|favour|honour|neighbour|licence|catalogue|analyse|centre)/i, "American spelling"),
];

/** Names of the former dialect: identifiers, words of options, file names. */
const names: readonly Ban[] = [
  ban(
    /\bGrantSource\b|\blocalGrants\b|\bleasedGrants\b|\bLeasedGrants\b|\btakeGrants\b|\bgrants?Us\b/,
    "RateLimitStore, permits",
  ),
  ban(/\bgrant(s|ed|ing)?\b(?![-_ ]types?\b)/i, "permit"),
  ban(/\bErrand\b/, "PreparedCall"),
  ban(/~pieces|\bConnectorPieces\b/, "connectorInternals"),
  ban(/\bWish\b|\bwishOf\b/, "CallCacheOptions, resolveCallCacheOptions"),
  ban(/\bturnstiles?\b|\bPassenger\b/i, "AdmissionQueue, QueuedCall"),
  ban(/\bJudge\b|\bcreateJudge\b|\bjudged?\b/i, "ClassifyReply, classify"),
  ban(/\bisDeaf\b/, "ignoreRateLimitHeaders"),
  ban(/\bmarks\b/, "tagVersions", /packages\/core\/(src|test).*(cache|redis)/),
  ban(/\bAllowance\b|\ballowanceOf\b|\bnothingSaid\b/, "FreshnessLifetime, noDirectives"),
  ban(/\bKept(Reply|Body|Fields)\b/, "CachedReply, CachedBody, CachedHeaders"),
  ban(/\batHand\b|\bstandIn\b|\bsuits\b/, "lookupLocal, staleFallback, satisfies"),
  ban(/\blanded\b/, "promise"),
  ban(/\btrustMs\b/, "maxLocalAgeMs"),
  ban(/\bheldByKey\b|\bheld-by-key\b/, "boundedMemo"),
  ban(/\b(create)?Identities\b/, "CredentialResolver"),
  ban(/\bSignCall\b/, "ApplyCredential"),
  ban(/\bhideIn(Reply|Error)\b|\bhiding\(/, "redactReply, createRedactor"),
  ban(/\bSpellDate\b/, "FormatDate"),
  ban(/\bSpreadValue\b|\bspreadPairs\b/, "SerializeParameter, serializeParameter"),
  ban(/\b(Items|Cursor)Place(Draft)?\b|\bitems-place\b/, "ItemsLocation, CursorTarget"),
  ban(/\bwalkPages\b|\bWalkLimits\b|\bisWhole\b/, "iteratePages, yieldPages"),
  ban(/\bNextStep\b|\bReadPage\b/, "GetNextPage, PageContext"),
  ban(/\b(create)?PauseGate\b|\bgateOf\b/, "ThrottleState, throttleFor"),
  ban(/\b(create)?RedisLink(Options)?\b|\bredis-link\b/, "RedisConnection"),
  ban(/\bRedisAwayError\b/, "RedisUnavailableError"),
  ban(/\bmaxOwed\b|\bowed\b/, "pendingInvalidations"),
  ban(/\blostAnswer\b|\blost-answer\b/, "toNetworkError"),
  ban(/\btimedOut\b|\bwithLimit\b/, "createTimeoutError, withTimeout"),
  ban(/["'`]keyed["'`]/, "idempotent-with-key"),
  ban(/\bverdictHeader\b/, "shouldRetryHeader"),
  ban(/\bWebhookRefusal\b/, "WebhookRejectionReason"),
  ban(/\bAttachedCache\b/, "CacheBinding"),
  ban(/\bshortestMs\b/, "bestOfMs"),
  ban(/\bpatient\b/i, "a caller that waits: waiting; or what it is: longTimeouts, staleOptions"),
  ban(/\bweary\b/i, "a caller that aborted: aborted, byCaller"),
  ban(/\blinkOf\b|\bslowLink\b/, "connectionOf, slowConnection"),
  ban(/\bcalledBack\b/, "invalidated, invalidations"),
];

/** Everything that the check looks for. */
export const bans: readonly Ban[] = [...phrases, ...names];

/** A line that may use a banned word. */
export interface Exception {
  readonly file: string;
  /** A part of the line. */
  readonly line: string;
  readonly reason: string;
}

/** Lines whose words belong to somebody else. */
export const exceptions: readonly Exception[] = [
  { file: "packages/core/test/webhooks/signed.ts", line: "AUTHORISATION", reason: "the eventCode that Adyen sends" },
  { file: "packages/connectors/adyen/README.md", line: "AUTHORISATION", reason: "an eventCode of Adyen" },
  { file: "packages/connectors/adyen/src/webhook-payloads.ts", line: "AUTHORISATION", reason: "an eventCode of Adyen" },
  { file: "packages/connectors/xero/README.md", line: "Organisation", reason: "a path and a field of Xero" },
  { file: "packages/connectors/xero/src/webhook-payloads.ts", line: "ORGANISATION", reason: "a tenantType of Xero" },
  { file: "packages/connectors/xero/src/webhook-payloads.ts", line: "AUTHORISED", reason: "a status of Xero" },
  { file: "packages/connectors/xero/src/webhooks.test.ts", line: "ORGANISATION", reason: "a tenantType of Xero" },
];

/** The list above is not a way to satisfy the check. */
export const maxExceptions = 12;
