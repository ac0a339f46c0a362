import type { SignCall } from "../auth/auth-strategies.js";
import type { PathDefaults } from "../auth/path-defaults.js";
import type { ItemsByPath } from "../pagination/items-place.js";
import type { NextStep } from "../pagination/next-step.js";
import type { IdempotencyKey } from "../policies/idempotency-key.js";
import type { ReadQuota } from "../rate-limit/quota-headers.js";
import type { BodyCondition, VerdictHeader, WaitUntil } from "../retry/rule-strategies.js";
import type { WriteBody } from "./body-strategies.js";
import type { BodyForm, Pagination, QueryStyle } from "./profile.js";
import type { SpreadValue } from "./query-strategies.js";
import type { SpellDate } from "./spelling.js";

/**
 * The code behind the words of a profile and its facts. A connector names those that it uses, so that a bundle carries no
 * others: `connectry generate` writes the list. What every connector needs, such as JSON, stands in none.
 */
export interface Strategies {
  /** How the credential is put on a request. */
  readonly auth: SignCall;
  /** Which path parameters the credential holds. */
  readonly pathDefaults?: PathDefaults;
  /** How dates are written, where that is not ISO 8601. */
  readonly date?: SpellDate;
  /** How bodies are written; `json` and `raw` need none. */
  readonly body?: Partial<Record<BodyForm, WriteBody>>;
  /** How arrays and objects are spread over a query or a form; `json` needs none. */
  readonly style?: Partial<Record<QueryStyle, SpreadValue>>;
  /** What leads from a page of a list to the next. */
  readonly pagination?: Partial<Record<Pagination["kind"], NextStep>>;
  /** Where a page holds its items, for lists that say `by-path`. */
  readonly itemsByPath?: ItemsByPath;
  /** What gives keyed writes their key. */
  readonly idempotencyKey?: IdempotencyKey;
  /** What reads the header by which the provider says whether to send again. */
  readonly verdictHeader?: VerdictHeader;
  /** What a rule about a body looks at. */
  readonly bodyCondition?: BodyCondition;
  /** What reads the header that a rule waits by. */
  readonly until?: WaitUntil;
  /** What reads of a quota in an answer's headers. */
  readonly quota?: ReadQuota;
}
