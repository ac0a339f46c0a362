import { basicAuth, bearerAuth, headerAuth, queryAuth } from "../auth/auth-strategies.js";
import { pathDefaults } from "../auth/path-defaults.js";
import { itemsByPath } from "../pagination/items-place.js";
import {
  cursorPaging,
  linkHeaderPaging,
  nextUrlPaging,
  offsetPaging,
  pageNumberPaging,
} from "../pagination/next-step.js";
import { idempotencyKey } from "../policies/idempotency-key.js";
import { namedQuota, standardQuota } from "../rate-limit/quota-headers.js";
import { bodyCondition, epochSeconds, verdictHeader } from "../retry/rule-strategies.js";
import { formBody, multipartBody } from "./body-strategies.js";
import type { ProviderProfile } from "./profile.js";
import { bracketStyle, delimitedStyle, repeatStyle } from "./query-strategies.js";
import { unixSeconds } from "./spelling.js";
import type { Strategies } from "./strategies.js";

const auths = { bearer: bearerAuth, basic: basicAuth, header: headerAuth, query: queryAuth };

/**
 * Every strategy that a profile could name, for a connector that is written by hand, without `connectry generate`. A bundle
 * is 1.0 to 1.3 kB larger by it, minified and gzipped, than by the list that is generated.
 */
export function allStrategies({ auth, dates, rateLimitHeaders: quota }: ProviderProfile): Strategies {
  return {
    auth: auths[auth.kind],
    pathDefaults,
    ...(dates === "unix-seconds" && { date: unixSeconds }),
    itemsByPath,
    verdictHeader,
    bodyCondition,
    until: epochSeconds,
    idempotencyKey,
    ...(quota !== "none" && { quota: quota ? namedQuota : standardQuota }),
    body: { "form-brackets": formBody, "form-repeat": formBody, "form-json": formBody, multipart: multipartBody },
    style: {
      repeat: repeatStyle,
      comma: delimitedStyle,
      space: delimitedStyle,
      pipe: delimitedStyle,
      brackets: bracketStyle,
    },
    pagination: {
      cursor: cursorPaging,
      "link-header": linkHeaderPaging,
      "next-url": nextUrlPaging,
      offset: offsetPaging,
      "page-number": pageNumberPaging,
    },
  };
}
