import type { UrlFormat } from "../scheme/encodings.js";
import { unescapeApostrophes } from "./url-formats.js";

/**
 * HubSpot's documentation says to decode these characters of the URL for signature v3, and its SDKs do not:
 * https://developers.hubspot.com/docs/apps/developer-platform/build-apps/authentication/request-validation
 * https://github.com/HubSpot/hubspot-api-nodejs/blob/master/src/utils/signature.ts
 */
const decodeDocumented: UrlFormat = (url) =>
  url.replace(/%(?:3A|2F|3F|40|21|24|27|28|29|2A|2C|3B)/gi, (encoded) => decodeURIComponent(encoded));

/** HubSpot signs the URL as it is, and for v3 perhaps decoded. */
export const hubspotUrlFormats: readonly UrlFormat[] = [(url) => url, decodeDocumented, unescapeApostrophes];
