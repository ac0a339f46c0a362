import { basicAuth, bearerAuth, headerAuth, headerOrBearerAuth, queryAuth } from "../auth/auth-schemes.js";
import { bodyPartsAuth } from "../auth/credential-parts.js";
import { pathDefaults } from "../auth/path-defaults.js";
import { ConfigurationError } from "../errors/connectry-error.js";
import { itemsByPath } from "../pagination/items-by-path.js";
import {
  cursorPaging,
  linkHeaderPaging,
  nextUrlPaging,
  offsetPaging,
  pageNumberPaging,
} from "../pagination/next-page.js";
import type { Strategies } from "../pipeline/strategies.js";
import { parseBigInts } from "../platform/parse-json.js";
import { bodyIdempotencyKey } from "../policies/body-idempotency-key.js";
import { idempotencyKey } from "../policies/idempotency-key.js";
import { tenantHeaders } from "../policies/tenant-headers.js";
import type { ProviderProfile } from "../provider/profile.js";
import { bodyQuotas } from "../rate-limit/body-quotas.js";
import { concurrencyLimits } from "../rate-limit/concurrency-limits.js";
import { limitValues } from "../rate-limit/limit-values.js";
import { pointCosts } from "../rate-limit/point-costs.js";
import { quotaCosts } from "../rate-limit/quota-costs.js";
import { quotaName, quotaParameters } from "../rate-limit/quota-name.js";
import { standardQuotas } from "../rate-limit/standard-quotas.js";
import { textQuotas } from "../rate-limit/text-quotas.js";
import { shouldRetryHeader } from "../retry/rule-readers.js";
import { formBody, multipartBody } from "../serialization/body-forms.js";
import { expandParameters } from "../serialization/expand-parameters.js";
import { formatExactJson } from "../serialization/format-exact-json.js";
import { unixSeconds } from "../serialization/format-value.js";
import { bracketStyle, delimitedStyle, repeatStyle } from "../serialization/query-styles.js";
import { accountAddress } from "./account-address.js";
import { errorShapes } from "./error-shapes.js";
import { selectEnvironment } from "./select-environment.js";
import { unwrapData } from "./unwrap-data.js";

const auths = {
  bearer: bearerAuth,
  basic: basicAuth,
  header: headerAuth,
  query: queryAuth,
  parts: bodyPartsAuth,
  "client-credentials": bearerAuth,
};

/** An entry of its own has what exchanges tokens, so that other programs do not load it. */
const tokenExchange: Strategies["tokenExchange"] = ({ name }) => {
  throw new ConfigurationError(
    `${name} exchanges its credential for tokens: add \`tokenExchange\` of @connectry/core/oauth to its strategies.`,
  );
};

/**
 * Every strategy that a profile can name, for a connector that is written by hand, without `connectry generate`. A bundle is
 * 1.0 to 1.3 kB larger with it, minified and gzipped, than with the generated list. A profile that says `client-credentials` also needs
 * `tokenExchange` of `@connectry/core/oauth`.
 */
export function allStrategies({
  auth,
  dates,
  envelope,
  environments,
  idempotency,
  int64,
  rateLimitHeaders: quota,
  quotaNames,
  variables,
}: ProviderProfile): Strategies {
  return {
    auth: auth.accounts === "bearer" ? headerOrBearerAuth : auths[auth.kind],
    ...(auth.kind === "client-credentials" && { tokenExchange }),
    pathDefaults,
    ...(variables && { accountAddress }),
    ...(environments && { environment: selectEnvironment }),
    ...(dates === "unix-seconds" && { formatDate: unixSeconds }),
    formatJson: formatExactJson,
    ...(int64 === "bigint" && { parseJson: parseBigInts }),
    itemsByPath,
    shouldRetryHeader,
    idempotencyKey: idempotency?.field ? bodyIdempotencyKey : idempotencyKey,
    tenantHeaders,
    ...(envelope && { unwrap: unwrapData }),
    errorTexts: errorShapes,
    ...(quota !== "none" && { quotas: quota ? textQuotas : standardQuotas }),
    bodyQuotas,
    pointCosts,
    quotaCosts,
    ...(!quotaNames || quotaNames.header ? { quotaName } : undefined),
    quotaParameters,
    limitValues,
    concurrencyLimits,
    body: { "form-brackets": formBody, "form-repeat": formBody, "form-json": formBody, multipart: multipartBody },
    style: {
      repeat: repeatStyle,
      comma: delimitedStyle,
      space: delimitedStyle,
      pipe: delimitedStyle,
      brackets: bracketStyle,
    },
    parameters: expandParameters,
    pagination: {
      cursor: cursorPaging,
      "link-header": linkHeaderPaging,
      "next-url": nextUrlPaging,
      offset: offsetPaging,
      "page-number": pageNumberPaging,
    },
  };
}
