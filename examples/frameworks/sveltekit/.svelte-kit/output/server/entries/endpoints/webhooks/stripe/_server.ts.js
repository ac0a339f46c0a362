// ../../../packages/core/dist/webhooks/index.js
var kinds = Symbol.for("connectry.error.kinds");
/** The root of every error of this package. `isInstance` also recognizes errors of another copy of this package. */
var ConnectryError = class ConnectryError extends Error {
	/** The name of the class, which no minifier changes. */
	static kind = "ConnectryError";
	static {
		Object.defineProperty(ConnectryError.prototype, "name", { get() {
			return this.constructor.kind;
		} });
	}
	/** Whether a thrown value is an error of this class, whichever copy of the package created it. */
	static isInstance(value) {
		return !!value?.[kinds]?.includes(this.kind);
	}
	get [kinds]() {
		let found = [];
		for (let c = this.constructor; c.kind; c = Object.getPrototypeOf(c)) found.push(c.kind);
		return found;
	}
};
/** A mistake in options or parameters, found before anything was sent. */
var ConfigurationError = class extends ConnectryError {
	static kind = "ConfigurationError";
};
/** A delivery was rejected. `reason` says which check failed, and the message what to do about it. */
var WebhookVerificationError = class extends ConnectryError {
	static kind = "WebhookVerificationError";
	/** The check that failed. */
	reason;
	/** The id of the scheme, such as `stripe`. */
	scheme;
	constructor(message, { reason, scheme }) {
		super(message);
		this.reason = reason;
		this.scheme = scheme;
	}
};
var adviceOf = /* @__PURE__ */ new WeakMap();
/** What to change where the body of a request is parsed. */
function bodyAdviceOf(request) {
	return adviceOf.get(request) ?? ("bodyUsed" in request ? "Call the handler before anything that reads the body, such as request.json(), text() or formData(). In Elysia give the route { parse: \"none\" }; in h3 call it before readBody(event)." : "Exclude this route from body parsing: in Express mount it before express.json(), or use express.raw({ type: \"*/*\" }); in Fastify add a content type parser with parseAs \"buffer\"; in Nest create the app by NestFactory.create(AppModule, { rawBody: true }).");
}
var rawUrls = /* @__PURE__ */ new WeakMap();
/** The URL of a request as it was received where that is known, and otherwise as `Request` has it. */
function rawUrlOf(request) {
	return rawUrls.get(request) ?? request.url;
}
/** The URL as the provider called it. */
function toPublicUrl(url, publicUrl) {
	if (publicUrl === void 0) return url;
	if (typeof publicUrl == "function") return publicUrl(url);
	let pathAndQuery = /^[a-z][a-z0-9+.-]*:\/\/[^/?#]*(.*)$/is.exec(url)?.[1] ?? "";
	let queryStart = pathAndQuery.indexOf("?");
	let path = queryStart < 0 ? pathAndQuery : pathAndQuery.slice(0, queryStart);
	let query = queryStart < 0 ? "" : pathAndQuery.slice(queryStart);
	return (/^[a-z][a-z0-9+.-]*:\/\/[^/]*\/./is.test(publicUrl) ? publicUrl : publicUrl.replace(/\/$/, "") + path) + query;
}
/** Whether a value is a Uint8Array, also that of another realm: in Jest's environment of jsdom, those of the platform are. */
function isBytes(value) {
	return value?.[Symbol.toStringTag] === "Uint8Array";
}
var reportsOf = /* @__PURE__ */ new WeakMap();
/** Remembers how a handler reports, for the adapter that calls it. */
function setFailureReports(handler, reports) {
	reportsOf.set(handler, reports);
}
/** The error of a rejected delivery. Its message begins with the name of the provider. */
function rejection(scheme, reason, message) {
	return new WebhookVerificationError(`${scheme.name}: ${message}`, {
		reason,
		scheme: scheme.id
	});
}
var hexOf = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));
/** Encodes bytes as text, in the canonical encoding that `decodeBytes` accepts. */
function encodeBytes(bytes, encoding) {
	let text = "";
	if (encoding === "hex" || encoding === "hex-upper") {
		for (let byte of bytes) text += hexOf[byte];
		return encoding === "hex" ? text : text.toUpperCase();
	}
	for (let byte of bytes) text += String.fromCharCode(byte);
	text = btoa(text);
	return encoding === "base64" ? text : text.replace(/=+$/, "").replaceAll("+", "-").replaceAll("/", "_");
}
/**
* Decodes a text. Returns undefined unless the text is the canonical encoding of its bytes: hex in the case of the
* encoding, padded base64 (RFC 4648, section 4) or base64url without padding (section 5), whose unused bits are zero.
*/
function decodeBytes(text, encoding) {
	let { length } = text;
	let bytes;
	if (encoding === "hex" || encoding === "hex-upper") {
		if (length % 2 != 0 || !/^[0-9a-f]*$/i.test(text)) return;
		bytes = Uint8Array.from({ length: length / 2 }, (_, index) => Number.parseInt(text.slice(2 * index, 2 * index + 2), 16));
	} else {
		let base64 = text.replaceAll("-", "+").replaceAll("_", "/");
		let padded = encoding === "base64" ? base64 : base64.padEnd(Math.ceil(length / 4) * 4, "=");
		if (padded.length % 4 != 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(padded) || length % 4 == 1) return;
		bytes = Uint8Array.from(atob(padded), (character) => character.charCodeAt(0));
	}
	return encodeBytes(bytes, encoding) === text ? bytes : void 0;
}
/**
* Cancels what is not read any further. Nobody waits for it: its source may take its time, or never end, as one half of a `tee()`
* whose other half is open.
*/
function leaveUnread(source) {
	source?.cancel().catch(() => {});
}
/** Reads a stream to its end, or until it has delivered more than `maxBytes`. Rejects as the stream does. */
async function readCapped(stream, maxBytes) {
	let reader = stream.getReader();
	let chunks = [];
	let byteLength = 0;
	for (; byteLength <= maxBytes;) {
		let { done, value } = await reader.read();
		if (done) return {
			chunks,
			byteLength,
			isOverCap: !1
		};
		chunks.push(value);
		byteLength += value.length;
	}
	leaveUnread(reader);
	return {
		chunks,
		byteLength,
		isOverCap: !0
	};
}
/** Chunks as one array of bytes that fills its buffer. A single chunk that fills its own is returned without a copy. */
function concatBytes(chunks) {
	let length = chunks.reduce((sum, chunk) => sum + chunk.length, 0);
	let [first] = chunks;
	if (first?.length === length && first.buffer.byteLength === length) return new Uint8Array(first.buffer);
	let bytes = new Uint8Array(length);
	let offset = 0;
	for (let chunk of chunks) {
		bytes.set(chunk, offset);
		offset += chunk.length;
	}
	return bytes;
}
var encoder;
/** The encoder of this program. */
function utf8Encoder() {
	encoder ??= new TextEncoder();
	return encoder;
}
/** The input of a hash as one array of bytes. */
function toBytes(input) {
	return concatBytes(input.map((part) => typeof part == "string" ? utf8Encoder().encode(part) : part));
}
/** Computes hashes with Web Crypto, which every platform has. */
function webDigests() {
	let keys = /* @__PURE__ */ new WeakMap();
	let importKey = (key) => {
		let known = keys.get(key);
		if (known !== void 0) return known;
		let algorithm = {
			name: "HMAC",
			hash: key.hash
		};
		let imported = crypto.subtle.importKey("raw", key.bytes, algorithm, !1, ["sign"]);
		keys.set(key, imported);
		return imported;
	};
	return {
		hmac: async (key, input, encoding) => encodeBytes(new Uint8Array(await crypto.subtle.sign("HMAC", await importKey(key), toBytes(input))), encoding),
		hash: async (hash, input, encoding) => encodeBytes(new Uint8Array(await crypto.subtle.digest(hash, toBytes(input))), encoding)
	};
}
/** The name of a hash in `node:crypto`, such as `sha256`. */
var nameOf = (hash) => hash.replace("-", "").toLowerCase();
/**
* Computes hashes with `node:crypto`, which Node, Bun and Deno have; undefined on other platforms. Its results are
* synchronous. Web Crypto uses another thread, and takes some twenty times as long for one delivery at a time. The
* module is looked up and not imported, so that other platforms and bundlers do not have to resolve it.
*/
function nodeDigests(process) {
	let node = process?.getBuiltinModule?.("node:crypto");
	if (node === void 0) return;
	let keys = /* @__PURE__ */ new WeakMap();
	let secretKeyOf = (key) => {
		let known = keys.get(key);
		if (known !== void 0) return known;
		let created = node.createSecretKey(key.bytes);
		keys.set(key, created);
		return created;
	};
	let finish = (hash, input, encoding) => {
		for (let part of input) hash.update(part);
		return encoding === "hex-upper" ? hash.digest("hex").toUpperCase() : hash.digest(encoding);
	};
	return {
		hmac: (key, input, encoding) => finish(node.createHmac(nameOf(key.hash), secretKeyOf(key)), input, encoding),
		hash: (hash, input, encoding) => finish(node.createHash(nameOf(hash)), input, encoding)
	};
}
var fastest;
/** The fastest `Digests` of this platform. */
function platformDigests() {
	fastest ??= nodeDigests(globalThis.process) ?? webDigests();
	return fastest;
}
var manyDigits = new RegExp("\\d".repeat(16));
var longInteger = /(?:^|[:,[\s])-?\d{16,}\s*(?:[,\]}]|$)/;
var token = /"[^"\\]*(?:\\[\s\S][^"\\]*)*"|-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?/g;
/** Whether a number keeps every digit of an integer: its text is the same. */
var isExact = (text) => String(Number(text)) === text;
/**
* Parses JSON. An integer that a number would not hold exactly, such as an id beyond 2^53, is the text of its digits: no digit is
* lost. Throws SyntaxError.
*/
function parseJson(text) {
	let data = JSON.parse(text);
	if (!manyDigits.test(text) || !longInteger.test(text)) return data;
	return JSON.parse(text.replace(token, (found) => /^-?\d{16,}$/.test(found) && !isExact(found) ? `"${found}"` : found));
}
/** The body as text, without a byte order mark. */
function bodyText({ content }) {
	if (typeof content != "string") return new TextDecoder().decode(content);
	return content.startsWith("﻿") ? content.slice(1) : content;
}
/** To keep the digits of integers takes several times as long, which what is not authentic must not cost. */
function parseJsonOf(scheme, { text, isVerified }) {
	try {
		return isVerified ? parseJson(text) : JSON.parse(text);
	} catch {
		throw rejection(scheme, "malformed", "the body is not JSON.");
	}
}
/**
* Parses a body: JSON, in which an integer that a number does not hold is the text of its digits, or the fields of a form where the
* scheme has forms. An empty body is undefined, except where the scheme reads the query of a GET.
* @throws WebhookVerificationError `malformed` where the body is neither.
*/
function parseBody(scheme, delivery) {
	return parseText(scheme, delivery, {
		text: bodyText(delivery),
		isVerified: !0
	});
}
/** Parses the text of a body as `parseBody` does, but for the digits of integers where it is not verified. */
function parseText(scheme, delivery, body) {
	let form = scheme.event.form?.(scheme, delivery, body);
	if (form === void 0) return body.text === "" ? void 0 : parseJsonOf(scheme, body);
	let json = form.get(scheme.event.formField ?? "");
	return typeof json == "string" ? parseJsonOf(scheme, {
		...body,
		text: json
	}) : Object.fromEntries(form);
}
var isWebHeaders = (headers) => typeof headers.get == "function";
var isWebRequest = (request) => "bodyUsed" in request;
/**
* A delivery that keeps a text as text, since hashing it is faster than encoding it first. The rest is read on demand.
*/
var ReadDelivery = class {
	url;
	content;
	#request;
	constructor(request, url, content) {
		this.url = url;
		this.content = content;
		this.#request = request;
	}
	get method() {
		return (this.#request.method ?? "POST").toUpperCase();
	}
	get body() {
		return typeof this.content == "string" ? utf8Encoder().encode(this.content) : this.content;
	}
	header(name) {
		let { headers } = this.#request;
		if (isWebHeaders(headers)) return headers.get(name) ?? void 0;
		let key = Object.hasOwn(headers, name) ? name : Object.keys(headers).find((one) => one.toLowerCase() === name);
		let value = key === void 0 ? void 0 : headers[key];
		return value === void 0 || typeof value == "string" ? value : value.join(", ");
	}
};
function bodyParsed(scheme, request, problem) {
	return rejection(scheme, "body-parsed", `the raw bytes that were signed are not available: ${problem}. ${bodyAdviceOf(request)}`);
}
function tooLarge(scheme, maxBodyBytes) {
	return rejection(scheme, "too-large", `the body is larger than ${maxBodyBytes} bytes. Raise \`maxBodyBytes\` to accept it.`);
}
/**
* A body that has no more than `maxBytes`, and otherwise undefined. UTF-16 code units have at most three bytes, so a
* short text is kept as text; a longer one is encoded once, since each hash of it would encode it again.
*/
function withinSize(body, maxBytes) {
	if (typeof body == "string" && body.length * 3 <= maxBytes) return body;
	if (body.length > maxBytes) return;
	let bytes = typeof body == "string" ? utf8Encoder().encode(body) : body;
	return bytes.length > maxBytes ? void 0 : bytes;
}
/** Reads the bytes of a body. Undefined where they are more than `maxBytes`, and then the rest is not read. */
async function readBody({ headers, body }, maxBytes) {
	if (Number(headers.get("content-length") ?? 0) > maxBytes) {
		leaveUnread(body);
		return;
	}
	if (body === null) return /* @__PURE__ */ new Uint8Array();
	let { chunks, isOverCap } = await readCapped(body, maxBytes);
	return isOverCap ? void 0 : concatBytes(chunks);
}
/**
* Reads a request as a delivery. Returns a promise only where the body still has to be read.
* @throws WebhookVerificationError `body-parsed` where the raw bytes are not available, `too-large` where they are more
* than `maxBodyBytes`. ConfigurationError where the request is missing.
*/
function readDelivery(scheme, request, { publicUrl, maxBodyBytes = scheme.maxBodyBytes ?? 1048576 }) {
	if (!request?.headers) throw new ConfigurationError(`${scheme.name}: pass the request, with its headers and body.`);
	if (isWebRequest(request)) {
		if (request.bodyUsed) throw bodyParsed(scheme, request, "the body of this request was read before");
		return readBody(request, maxBodyBytes).then((body) => {
			if (body === void 0) throw tooLarge(scheme, maxBodyBytes);
			return new ReadDelivery(request, toPublicUrl(rawUrlOf(request), publicUrl), body);
		});
	}
	let body = request.body;
	if (typeof body != "string" && !isBytes(body)) throw bodyParsed(scheme, request, `\`body\` is ${body === null ? "null" : `of type ${typeof body}`}`);
	let content = withinSize(body, maxBodyBytes);
	if (content === void 0) throw tooLarge(scheme, maxBodyBytes);
	return new ReadDelivery(request, toPublicUrl(request.url ?? "", publicUrl), content);
}
/** @throws ConfigurationError where the scheme is missing, which only the compiler of TypeScript notices. */
function checkScheme(scheme) {
	if (scheme?.event === void 0) throw new ConfigurationError("the scheme of the webhooks is missing.");
}
/** @throws ConfigurationError where the scheme, the options, or their field with the secret is missing. */
function checkSecrets(scheme, options, field = "secrets") {
	checkScheme(scheme);
	if (options === void 0 || !(field in options)) throw new ConfigurationError(`${scheme.name}: \`${field}\` is missing: pass ${scheme.secret}.`);
}
/**
* A promise that an abort rejects at once, with the signal's reason. `begin` starts the work and returns a function that
* undoes it, which is called when the promise is settled.
*/
function abortable(signal, begin) {
	return new Promise((resolve, reject) => {
		if (signal?.aborted) return reject(signal.reason);
		let undo = () => {};
		let settle = (end) => (value) => {
			signal?.removeEventListener("abort", onAbort);
			undo();
			end(value);
		};
		let fail = settle(reject);
		let onAbort = () => fail(signal?.reason);
		signal?.addEventListener("abort", onAbort);
		undo = begin(settle(resolve), fail);
	});
}
var maxTimerMs = 2 ** 31 - 1;
var aheadMs = 0;
var lastMs = 0;
/** The time of `performance`, which begins anew where a test installs a fake clock: never earlier than the time before. */
function monotonic() {
	let nowMs = performance.now();
	aheadMs = Math.max(aheadMs, lastMs - nowMs);
	lastMs = nowMs + aheadMs;
	return lastMs;
}
function schedule(delayMs, callback) {
	let waitMs = Math.max(0, Math.ceil(delayMs));
	let dueMs = monotonic() + waitMs;
	let fire = () => {
		lastMs = Math.max(lastMs, dueMs - 1);
		callback();
	};
	let { clearTimeout } = globalThis;
	let timer;
	let arm = (leftMs) => {
		timer = leftMs > maxTimerMs ? setTimeout(arm, maxTimerMs, leftMs - maxTimerMs) : setTimeout(fire, leftMs);
	};
	arm(waitMs);
	return () => clearTimeout(timer);
}
/** The machine's own clock. */
var systemClock = {
	now: () => Date.now(),
	monotonic,
	sleep: (delayMs, signal) => abortable(signal, (resolve) => schedule(delayMs, resolve)),
	schedule
};
/** The value at a path of a parsed document; undefined where the path does not exist. Only own properties count. */
function readPath(value, path) {
	let at = value;
	for (let key of path) {
		if (typeof at != "object" || !at || !Object.hasOwn(at, key)) return;
		at = at[key];
	}
	return at;
}
/** The string, number or boolean at a path of a parsed body, as text; undefined where there is none. */
function readText(body, path) {
	let value = readPath(body, path);
	return typeof value == "string" || typeof value == "number" || typeof value == "boolean" ? String(value) : void 0;
}
/**
* The events of a parsed body: the body itself, or the items of its list.
* @throws WebhookVerificationError `malformed` where the list is missing, unless the scheme accepts a single event.
*/
function eventItems(scheme, body) {
	let { list, item = [], acceptsSingle = !1 } = scheme.event;
	if (list === void 0) return [body];
	let items = readPath(body, list);
	if (!Array.isArray(items)) {
		if (acceptsSingle) return [body];
		throw rejection(scheme, "malformed", `expected an array of events ${list.length === 0 ? "as the body" : `at \`${list.join(".")}\` in the body`}.`);
	}
	return items.map((one) => readPath(one, item));
}
/** The values of a header that have the prefix and the suffix, without these, in their order. */
function headerValues(text, { separator, prefix = "", suffix = "" }) {
	let values = [];
	let from = 0;
	for (; from <= text.length;) {
		let next = separator === void 0 ? -1 : text.indexOf(separator, from);
		let end = next < 0 ? text.length : next;
		let start = from + prefix.length;
		let stop = end - suffix.length;
		start <= stop && text.startsWith(prefix, from) && text.startsWith(suffix, stop) && values.push(text.slice(start, stop));
		from = end + (separator?.length || 1);
	}
	return values;
}
var unitMs = {
	seconds: 1e3,
	milliseconds: 1
};
var parseDigits = (text) => /^(0|[1-9][0-9]{0,15})$/.test(text) ? Number(text) : NaN;
function isSigned({ signed }, header) {
	return signed.some((part) => part === "timestamp" || typeof part == "object" && "value" in part && part.value.header === header);
}
/** The texts of a header that may be its timestamp. There has to be one. */
function headerTexts(scheme, delivery, location) {
	let { header } = location;
	if (!isSigned(scheme, header)) throw new ConfigurationError(`${scheme.name}: the timestamp in the header ${header} is not signed: add "timestamp" to \`signed\`, or read it from the signed body.`);
	let text = delivery.header(header);
	if (text === void 0) throw rejection(scheme, "header-missing", `the header ${header} is missing.`);
	return headerValues(text, location);
}
function compareWithClock(scheme, { unit, toleranceMs: defaultToleranceMs = Infinity }, { text, time, clock = systemClock, toleranceMs = defaultToleranceMs }) {
	let ms = unitMs[unit];
	let age = Math.floor(clock.now() / ms) - time;
	if (Math.abs(age) <= toleranceMs / ms) return {
		text,
		ms: time * ms
	};
	let difference = `${Math.abs(age * ms) / 1e3} s`;
	let limit = `but \`toleranceMs\` allows ${toleranceMs / 1e3} s`;
	if (age > 0) throw rejection(scheme, "too-old", `the delivery was signed ${difference} ago, ${limit}. It was delayed or replayed, or the clock of this machine is ahead.`);
	throw rejection(scheme, "clock-ahead", `the delivery was signed ${difference} in the future, ${limit}. Set the clock of this machine (NTP).`);
}
/**
* Reads the timestamp of a delivery and compares it with the clock. Both are compared in the provider's unit, and the
* tolerance is inclusive. Returns undefined where the scheme has no timestamp, or has it in the body and `isVerified` is
* false.
* @throws WebhookVerificationError `header-missing`, `malformed`, `too-old` or `clock-ahead`. ConfigurationError where the
* scheme does not sign its timestamp.
*/
function checkTimestamp(scheme, delivery, { isVerified, ...options }) {
	let location = scheme.timestamp;
	if (location === void 0 || "body" in location !== isVerified) return;
	let isInBody = "body" in location;
	let [text, ...others] = isInBody ? [readText(parseBody(scheme, delivery), location.body)] : headerTexts(scheme, delivery, location);
	let { format, unit } = location;
	let time = (format?.parse ?? parseDigits)(text ?? "");
	if (text === void 0 || others.length > 0 || Number.isNaN(time)) throw rejection(scheme, "malformed", `the ${isInBody ? `body does not contain a timestamp at \`${location.body.join(".")}\`` : `header ${location.header} does not contain one timestamp`} in ${format?.name ?? unit}.`);
	return compareWithClock(scheme, location, {
		...options,
		text,
		time
	});
}
var maxBusy = 1e5;
/**
* Keeps a value for each key. From `size` values on, each new one takes the place of one that was used longest ago, of those that
* are not needed. Where nearly all are needed, up to 100,000 are kept; then those that are needed for the shortest time are
* dropped, and the first time a warning is printed.
*/
function boundedMemo(create, { size = 1e4, neededMs = () => 0 } = {}) {
	let values = /* @__PURE__ */ new Map();
	let isWarned = !1;
	let makeRoom = () => {
		let left = 8;
		for (let [key, value] of values) {
			values.delete(key);
			neededMs(value) > 0 && values.set(key, value);
			--left;
			if (left === 0 || values.size < size) break;
		}
		if (values.size < maxBusy) return;
		isWarned || console.warn("Connectry: 100,000 tenants are paused or busy, and some are forgotten.");
		isWarned = !0;
		let byNeed = [...values].sort(([, a], [, b]) => neededMs(a) - neededMs(b));
		for (let [key] of byNeed.slice(0, maxBusy / 100)) values.delete(key);
	};
	return {
		get(key, context) {
			let value = values.get(key);
			if (value && values.size < size / 2) return value;
			if (value) values.delete(key);
			else {
				values.size >= size && makeRoom();
				value = create(key, context);
			}
			values.set(key, value);
			return value;
		},
		peek: (key) => values.get(key),
		drop: (key) => values.delete(key)
	};
}
function decodeText$1(text, encoding) {
	if (encoding === "utf8") return utf8Encoder().encode(text);
	if (encoding === "hex") return decodeBytes(text.toLowerCase(), "hex");
	return decodeBytes(text.padEnd(Math.ceil(text.length / 4) * 4, "="), "base64");
}
/**
* Decodes the key in the text of a secret.
* @throws ConfigurationError where the secret does not have the scheme's key format.
*/
function decodeSecret(scheme, { encoding, prefix = "" }, secret) {
	let found = [prefix].flat().find((one) => secret.startsWith(one)) ?? "";
	let bytes = decodeText$1(secret.slice(found.length), encoding);
	if (bytes !== void 0 && bytes.length > 0) return bytes;
	throw new ConfigurationError(`${scheme.name}: a secret is not valid ${encoding}: pass ${scheme.secret}, without spaces or line breaks.`);
}
/**
* Caches the key of each secret of an algorithm. The cache is bounded, because rotation and tenants bring new secrets
* for as long as a process runs.
*/
function cachedBySecret(createKey) {
	let caches = /* @__PURE__ */ new WeakMap();
	return (scheme, algorithm, secret) => {
		let cache = caches.get(algorithm);
		if (cache === void 0) {
			cache = boundedMemo((text, context) => createKey(context, algorithm, text));
			caches.set(algorithm, cache);
		}
		return cache.get(secret, scheme);
	};
}
/**
* The HMAC key of a secret, the same object each time.
* @throws ConfigurationError where the secret does not have the scheme's key format.
*/
var hmacKeyOf = cachedBySecret((scheme, { hash, key }, secret) => ({
	hash,
	bytes: decodeSecret(scheme, key, secret)
}));
var buffer = /* @__PURE__ */ new Uint8Array(256);
/**
* Whether two ASCII texts are equal. The time that it takes does not depend on where they differ; only their lengths
* are not secret. A text with a character outside ASCII equals no text, not even itself. Both texts are encoded in one
* call, because each call costs more than the whole comparison.
*/
function timingSafeEqual(one, other) {
	let { length } = one;
	if (length !== other.length) return !1;
	2 * length > buffer.length && (buffer = new Uint8Array(2 * length));
	let { read, written } = utf8Encoder().encodeInto(one + other, buffer);
	if (read !== 2 * length || written !== read) return !1;
	let difference = 0;
	for (let at = 0; at < length; at += 1) difference |= buffer[at] ^ buffer[length + at];
	return difference === 0;
}
function hostOf(url) {
	return URL.canParse(url) ? new URL(url).host : "";
}
function readPart(context, source, part) {
	let { scheme, delivery } = context;
	switch (part) {
		case "timestamp": return context.timestamp;
		case "url":
		case "secret": return source[part];
		case "body": return delivery.content;
		case "method": return delivery.method;
		case "host": return hostOf(source.url);
	}
	if ("text" in part) return part.text;
	if ("compute" in part) return context.computed;
	if ("body" in part) return readText(source.event, part.body) ?? "";
	let { header } = part.value;
	let [value] = headerValues(delivery.header(header) ?? "", part.value);
	if (value === void 0 || value === "") throw rejection(scheme, "header-missing", `the header ${header}, which is signed, is missing or malformed.`);
	return value;
}
/**
* Computes the part of a scheme that is a function.
* @throws what the function throws.
*/
function computePart(scheme, delivery, hash) {
	for (let part of scheme.signed) if (typeof part == "object" && "compute" in part) return part.compute(scheme, delivery, hash);
	return "";
}
/** What the provider signed. Adjacent texts are joined, because each part costs a call of the hash. */
function signedParts(context, source) {
	let parts = [];
	let text = "";
	for (let part of context.scheme.signed) {
		let value = readPart(context, source, part);
		if (typeof value == "string") text += value;
		else {
			text !== "" && parts.push(text);
			parts.push(value);
			text = "";
		}
	}
	text !== "" && parts.push(text);
	return parts;
}
var includesText = (signatures, expected) => signatures.reduce((found, text) => timingSafeEqual(expected, text) || found, !1);
/**
* Whether one of the signatures was made with the secret of `source`. Returns a promise only where the platform hashes
* asynchronously. Hashes are compared as text and not as bytes, so that only their canonical encoding matches.
*/
function matchesSecret(context, source, signatures) {
	let { scheme, digests, hash } = context;
	let { algorithm } = scheme;
	let { encoding } = scheme.signature;
	let { secret } = source;
	let input = signedParts(context, source);
	if ("verify" in algorithm) return algorithm.verify({
		scheme,
		secret,
		signatures,
		input,
		hash
	});
	let expected = algorithm.kind === "hash" ? digests.hash(algorithm.hash, input, encoding) : digests.hmac(hmacKeyOf(scheme, algorithm, secret), input, encoding);
	if (typeof expected == "string") return includesText(signatures, expected);
	return expected.then((text) => includesText(signatures, text));
}
function withoutEmpty(scheme, list) {
	if (typeof list == "string" && list !== "") return [list];
	let secrets = (typeof list == "string" ? [] : list ?? []).filter((secret) => typeof secret == "string" && secret !== "");
	if (secrets.length > 0) return secrets;
	throw new ConfigurationError(`${scheme.name}: \`secrets\` contains no secret: pass ${scheme.secret}. Check that its environment variable is set.`);
}
/**
* The secrets that may have signed a delivery. Returns a promise only where `secrets` is a function.
* @throws ConfigurationError where there are none.
*/
function resolveSecrets(scheme, secrets, delivery) {
	if (typeof secrets != "function") return withoutEmpty(scheme, secrets);
	let request = {
		url: delivery.url,
		header: (name) => delivery.header(name)
	};
	return Promise.resolve(secrets(request)).then((list) => withoutEmpty(scheme, list));
}
var base64Start = /^[A-Za-z0-9+/]{40,64}={0,2}$/;
/** Whether a body is still in Base64, as AWS Lambda passes it to a function. */
var isBase64 = (content) => base64Start.test(typeof content == "string" ? content.slice(0, 64) : String.fromCharCode(...content.subarray(0, 64)));
function wrongSecret(scheme, secrets, { content }) {
	let hints = [
		`Check that the secret is ${scheme.secret}, and that the body is the raw bytes as they were sent.`,
		...scheme.signed.includes("url") ? ["The URL is signed, too: behind a proxy, set `publicUrl` to the URL that the provider calls."] : [],
		...isBase64(content) ? ["The body is in Base64: decode it first, on AWS Lambda by toLambdaHandler(handler), or by Buffer.from(event.body, \"base64\") where event.isBase64Encoded is true."] : [],
		...secrets.some((secret) => secret !== secret.trim()) ? ["A secret begins or ends with white space."] : []
	];
	return rejection(scheme, "wrong-secret", `the signature does not match ${secrets.length === 1 ? "the secret" : `any of the ${secrets.length} secrets`}. ${hints.join(" ")}`);
}
/**
* The error of a delivery whose signatures match no secret: `malformed` where none of them is a signature in the
* scheme's encoding, and otherwise `wrong-secret`.
*/
function signatureMismatch(scheme, secrets, { signatures, delivery }) {
	let { encoding } = scheme.signature;
	if (scheme.algorithm.kind === "passcode" || signatures.some((text) => text !== "" && decodeBytes(text, encoding) !== void 0)) return wrongSecret(scheme, secrets, delivery);
	return rejection(scheme, "malformed", `the signature is not valid ${encoding}.`);
}
/**
* The signatures in the header of a delivery.
* @throws WebhookVerificationError `header-missing` or `malformed`.
*/
function headerSignatures(scheme, location, delivery) {
	let { header, others = [] } = location;
	let texts = [header, ...others].flatMap((name) => delivery.header(name) ?? []);
	if (texts.length === 0) throw rejection(scheme, "header-missing", `the header ${header} is missing. Check that the request comes from the provider, and that no proxy removes the header.`);
	let signatures = texts.flatMap((text) => headerValues(text, location));
	if (signatures.length > 32) throw rejection(scheme, "malformed", `the header ${header} contains ${signatures.length} signatures, and at most 32 are compared.`);
	if (signatures.length === 0) throw rejection(scheme, "malformed", `the header ${header} does not contain a signature in the format ${`${location.prefix ?? ""}<${location.encoding}>${location.suffix ?? ""}`}.`);
	return signatures;
}
/**
* What is signed, with its signatures: the delivery, or each of its events.
* @throws WebhookVerificationError `header-missing` or `malformed`.
*/
function signedItems(scheme, delivery) {
	let { signature } = scheme;
	if (signature.in !== "header") return signature.read(scheme, delivery, signature.path);
	return [{
		event: void 0,
		signatures: headerSignatures(scheme, signature, delivery)
	}];
}
/** A URL in each of the formats, without repetitions. Each one is formatted when it is asked for. */
function* urlsInFormats(url, formats) {
	let seen = /* @__PURE__ */ new Set();
	for (let format of formats) {
		let formatted = format(url);
		if (seen.has(formatted)) continue;
		seen.add(formatted);
		yield formatted;
	}
}
/**
* Verifies that a provider signed a delivery. Does not parse its events.
* @throws WebhookVerificationError where the delivery is rejected, with the reason. ConfigurationError where `secrets`
* contains no secret, or one in the wrong format, or an argument is missing.
*/
function verifySignature(scheme, request, options) {
	try {
		checkSecrets(scheme, options);
		let read = readDelivery(scheme, request, options);
		if (!(read instanceof Promise)) return verifyDelivery(scheme, read, options);
		return read.then((delivery) => verifyDelivery(scheme, delivery, options));
	} catch (error) {
		return Promise.reject(error);
	}
}
/** Verifies a delivery that was read, as `verifySignature` does. `onMatch` is given the secret that signed it. */
async function verifyDelivery(scheme, delivery, options) {
	let { digests = platformDigests() } = options;
	let items = signedItems(scheme, delivery);
	let { clock, toleranceMs } = options;
	let signedAt = checkTimestamp(scheme, delivery, {
		clock,
		toleranceMs,
		isVerified: !1
	});
	let resolved = resolveSecrets(scheme, options.secrets, delivery);
	let secrets = resolved instanceof Promise ? await resolved : resolved;
	let hash = (content) => digests.hash("SHA-256", [content], "hex");
	let computing = computePart(scheme, delivery, hash);
	let computed = computing instanceof Promise ? await computing : computing;
	let context = {
		scheme,
		delivery,
		timestamp: signedAt?.text ?? "",
		computed,
		digests,
		hash
	};
	let formatted = scheme.urlFormats === void 0 ? [delivery.url] : urlsInFormats(delivery.url, scheme.urlFormats);
	let urls = items.length === 1 ? formatted : [...formatted];
	for (let { event, signatures } of items) {
		let isSigned = !1;
		search: for (let url of urls) for (let secret of secrets) {
			let matching = matchesSecret(context, {
				secret,
				url,
				event
			}, signatures);
			isSigned = typeof matching == "boolean" ? matching : await matching;
			if (isSigned) {
				options.onMatch?.(secret);
				break search;
			}
		}
		if (!isSigned) throw signatureMismatch(scheme, secrets, {
			signatures,
			delivery
		});
	}
	let { ms } = signedAt ?? checkTimestamp(scheme, delivery, {
		clock,
		toleranceMs,
		isVerified: !0
	}) ?? {};
	return {
		signedAtMs: ms,
		delivery
	};
}
/** A UUID of version 4 (RFC 9562) from the platform's cryptographic source. */
function randomUuid() {
	return crypto.randomUUID();
}
/** The names whose parts all exist and are not empty. */
function readNames(names, event, delivery) {
	let found = [];
	for (let parts of names) {
		let name = "";
		for (let part of parts) {
			let text = part.in === "text" ? part.text : part.in === "header" ? delivery.header(part.name) : readText(event, part.path);
			if (text === void 0 || text === "") {
				name = "";
				break;
			}
			name += name === "" ? text : `.${text}`;
		}
		name !== "" && found.push(name);
	}
	return found;
}
/**
* The events of a verified delivery.
* @throws WebhookVerificationError `malformed` where the list of events is missing.
*/
async function readEvents(scheme, { delivery, signedAtMs, payload: body }, digests) {
	let requestHash;
	let { withoutId } = scheme.event;
	let events = [];
	for (let payload of eventItems(scheme, body)) {
		let names = readNames(scheme.event.type, payload, delivery);
		names.length === 0 && names.push("unknown");
		let [known] = readNames(scheme.event.id ?? [], payload, delivery);
		let isIdentified = known !== void 0 || withoutId !== "nothing";
		let id = known ?? randomUuid();
		if (known === void 0 && isIdentified) {
			let time = withoutId === "request-and-time" ? ` ${signedAtMs}` : "";
			let start = `${delivery.method} ${delivery.url}${time}\n`;
			requestHash ??= await digests.hash("SHA-256", [start, delivery.content], "hex");
			id = scheme.event.list === void 0 ? requestHash : `${requestHash}.${events.length}`;
		}
		let [type = ""] = names;
		events.push({
			type,
			names,
			id,
			isIdentified,
			payload,
			provider: scheme.id,
			signedAtMs
		});
	}
	return events;
}
/**
* Verifies a delivery and reads its events.
* @throws WebhookVerificationError where the delivery is rejected, with the reason. ConfigurationError where `secrets`
* contains no secret, or one in the wrong format.
*/
async function verifyWebhook(scheme, request, options) {
	return parseWebhook(scheme, await verifySignature(scheme, request, options), options);
}
/**
* Parses a verified delivery, and reads its events.
* @throws WebhookVerificationError `malformed` where the body is not what the scheme describes.
*/
async function parseWebhook(scheme, { delivery, signedAtMs }, { digests = platformDigests() }) {
	let parsed = {
		delivery,
		signedAtMs,
		payload: parseBody(scheme, delivery)
	};
	let events = await readEvents(scheme, parsed, digests);
	return {
		...parsed,
		events
	};
}
/** The handler call for an event, under the name that has a handler. Undefined where the event is only acknowledged. */
function routeEvent({ on = {}, otherwise }, event) {
	let handlers = on;
	for (let name of event.names) {
		let handler = Object.hasOwn(handlers, name) ? handlers[name] : void 0;
		if (handler !== void 0) return (context) => handler({
			...event,
			type: name
		}, context);
	}
	return otherwise && ((context) => otherwise(event, context));
}
/**
* How long processed events are remembered. Providers deliver again for up to three days (Stripe); this is a little
* longer.
*/
var defaultKeepMs = 2736e5;
/** An inbox in the memory of one process. Several processes, or one that restarts, need `redisInbox`. */
function memoryInbox(options = {}) {
	let { keepMs = defaultKeepMs, maxEvents = 1e5, maxResponseLength = 1e7, clock = systemClock } = options;
	let entries = /* @__PURE__ */ new Map();
	let responses = /* @__PURE__ */ new Map();
	let responseLength = 0;
	let forgetResponse = (key) => {
		responseLength -= responses.get(key)?.length ?? 0;
		responses.delete(key);
	};
	let forget = (key) => {
		entries.delete(key);
		forgetResponse(key);
	};
	let put = (key, entry) => {
		forget(key);
		entries.set(key, entry);
		for (let [oldest, { token, untilMs }] of entries) {
			if (!(untilMs <= clock.now()) && (entries.size <= maxEvents || token !== void 0)) break;
			forget(oldest);
		}
	};
	let find = (key) => {
		let entry = entries.get(key);
		return entry !== void 0 && entry.untilMs > clock.now() ? entry : void 0;
	};
	return {
		async claim(key, leaseMs) {
			let entry = find(key);
			if (entry === void 0) {
				let token = randomUuid();
				put(key, {
					token,
					untilMs: clock.now() + leaseMs
				});
				return {
					kind: "claimed",
					token
				};
			}
			if (entry.token === void 0) return {
				kind: "done",
				response: responses.get(key)
			};
			return {
				kind: "busy",
				retryAfterMs: entry.untilMs - clock.now()
			};
		},
		async renew(key, token, leaseMs) {
			if (find(key)?.token !== token) return !1;
			put(key, {
				token,
				untilMs: clock.now() + leaseMs
			});
			return !0;
		},
		async complete(key, _token, response) {
			put(key, {
				token: void 0,
				untilMs: clock.now() + keepMs
			});
			if (response === void 0) return;
			responses.set(key, response);
			responseLength += response.length;
			for (let oldest of responses.keys()) {
				if (responseLength <= maxResponseLength) break;
				forgetResponse(oldest);
			}
		},
		async release(key, token) {
			entries.get(key)?.token === token && forget(key);
		},
		forget: async (key) => forget(key)
	};
}
/** Claims the events of a delivery. One timer renews all of its claims, so that an inbox can send the renewals together. */
function claimsOf(inbox, { leaseMs, clock, report }) {
	let stepMs = leaseMs / 12;
	let steps = /* @__PURE__ */ new Set();
	let cancel;
	let schedule = () => {
		cancel = clock.schedule(stepMs, () => {
			schedule();
			for (let step of steps) step();
		});
	};
	let hold = (claim, sentAtMs) => {
		let { key, token } = claim;
		let controller = new AbortController();
		let endsAtMs = sentAtMs + leaseMs;
		let record;
		let end = () => {
			steps.delete(step);
			steps.size === 0 && cancel();
		};
		let lose = () => {
			if (record !== void 0) return;
			end();
			let error = /* @__PURE__ */ Error(`The claim of ${key} is lost: another delivery of the event may be processed.`);
			report(error);
			controller.abort(error);
		};
		let step = () => {
			let nowMs = clock.monotonic();
			if (nowMs + stepMs >= endsAtMs) {
				lose();
				end();
			} else record === void 0 ? nowMs <= sentAtMs + leaseMs * 10 && inbox.renew(key, token, leaseMs).then((isHeld) => {
				isHeld ? endsAtMs = nowMs + leaseMs : lose();
			}, report) : record().then(end, report);
		};
		let settle = (send) => {
			record = send;
			return send().then(end, report);
		};
		steps.size === 0 && schedule();
		steps.add(step);
		return {
			kind: "claimed",
			claim,
			signal: controller.signal,
			complete: (response) => settle(() => inbox.complete(key, token, response)),
			release: () => settle(() => inbox.release(key, token))
		};
	};
	return async (key) => {
		let sentAtMs = clock.monotonic();
		let result = await inbox.claim(key, leaseMs);
		return result.kind === "claimed" ? hold({
			key,
			token: result.token
		}, sentAtMs) : result;
	};
}
/** Claims an event. */
async function claimTask({ key, process }, claimEvent, { leaseMs, whenInboxFails, report, toText }) {
	let hold;
	try {
		let result = key === void 0 ? void 0 : await claimEvent?.(key);
		if (result !== void 0 && result.kind !== "claimed") return { outcome: result };
		hold = result;
	} catch (error) {
		report(error);
		if (whenInboxFails === "reject") return { outcome: { kind: "inbox-unavailable" } };
	}
	return { async run(records) {
		let { claim, signal = new AbortController().signal } = hold ?? {};
		if (signal.aborted) return {
			kind: "busy",
			retryAfterMs: leaseMs
		};
		try {
			let value = await process(claim, signal);
			let response = hold && await toText(value);
			records.push(hold?.complete(response));
			return {
				kind: "processed",
				value
			};
		} catch (error) {
			report(error);
			records.push(hold?.release());
			return { kind: "failed" };
		}
	} };
}
/**
* Claims all events before the first is processed, so that each is processed once for its key, as long as the inbox remembers the
* key. Neither this nor `process` rejects.
*/
async function claimTasks(tasks, options) {
	let claimEvent = options.inbox && claimsOf(options.inbox, options);
	let claimed = await Promise.all(tasks.map((task) => claimTask(task, claimEvent, options)));
	return {
		known: claimed.flatMap((one) => "outcome" in one ? one.outcome : []),
		async process() {
			let records = [];
			let outcomes = [];
			for (let one of claimed) outcomes.push("outcome" in one ? one.outcome : await one.run(records));
			await Promise.all(records);
			return outcomes;
		}
	};
}
/**
* Passes work that has begun to the platform. False where the platform does not accept it, such as outside of a request: then
* the response has to wait for the work.
*/
function deferWork(work, waitUntil, report) {
	let settled = work.catch((error) => console.error("Connectry: the report of a failure has failed.", error));
	try {
		waitUntil(settled);
		return !0;
	} catch (error) {
		report(error);
		return !1;
	}
}
/**
* The name of an endpoint: the path of its URL. Forms of one path that frameworks route alike have the same name, because
* nothing signs most of them, and a replay must not look like a delivery to another endpoint.
*/
function endpointName(url) {
	let [, path = ""] = /^[a-z][a-z0-9+.-]*:\/\/[^/?#]*(\/[^?#]*)/i.exec(url) ?? [];
	return path.replace(/%[2-7][0-9a-f]/gi, (encoded) => decodeURIComponent(encoded)).toLowerCase().replace(/\/+/g, "/").replace(/\/$/, "");
}
/** The response to a signed handshake. Undefined where the delivery is not one. */
function respondToHandshake(scheme, payload, secret) {
	for (let one of scheme.handshakes ?? []) {
		let response = "respond" in one ? one.respond(one, payload, {
			scheme,
			secret
		}) : void 0;
		if (response !== void 0) return response;
	}
}
/** The response to an unsigned handshake without a secret. Undefined where the delivery is not one. */
function respondToUnsigned({ handshakes = [] }, delivery) {
	for (let one of handshakes) {
		let response = "respondUnsigned" in one ? one.respondUnsigned(one, delivery) : void 0;
		if (response !== void 0) return response;
	}
}
/** The secret that an unsigned handshake offers. Undefined where the delivery is not one. */
function offeredSecret({ handshakes = [] }, delivery) {
	for (let one of handshakes) {
		let secret = one.kind === "secret" ? delivery.header(one.header) : void 0;
		if (one.kind === "secret" && secret) return {
			header: one.header,
			secret
		};
	}
}
var linesOf = /* @__PURE__ */ new WeakMap();
/** A text of an unverified request as a part of one line: printable, and not long. */
var printable = (text) => text.replace(/[^!-~]/g, "?").slice(0, 200);
/** The id of a request, as its provider or a proxy names it. */
function requestId({ event }, delivery) {
	let named = (event.id ?? []).flat().flatMap((part) => part.in === "header" ? [part.name] : []);
	for (let name of [...named, "x-request-id"]) {
		let id = delivery.header(name);
		if (id) return `, request id ${printable(id)}`;
	}
	return "";
}
/**
* Prints why a delivery failed before it was verified, and what to check: at most once in a minute for each scheme and
* reason, with the number of those that were left out. The line of a rejection contains the URL without its query, and
* nothing of the body.
*/
function reportUnverified(scheme, error, { delivery, clock }) {
	let lines = linesOf.get(clock);
	if (lines === void 0) {
		lines = boundedMemo(() => ({
			nextMs: -Infinity,
			omitted: 0
		}));
		linesOf.set(clock, lines);
	}
	let reason = WebhookVerificationError.isInstance(error) ? error.reason : "failed";
	let line = lines.get(`${scheme.id} ${reason}`);
	if (clock.monotonic() < line.nextMs) {
		line.omitted += 1;
		return;
	}
	let omitted = line.omitted === 0 ? "" : ` ${line.omitted} more since the last report.`;
	let url = delivery.url.replace(/[?#].*|\/\/[^/@]*@/gs, (found) => found[0] === "/" ? "//" : "");
	let request = `${printable(delivery.method)} ${printable(url)}${requestId(scheme, delivery)}.${omitted}`;
	WebhookVerificationError.isInstance(error) ? console.warn(`Connectry rejected a webhook (${reason}). ${error.message} ${request}`) : console.error(`Connectry could not verify a webhook. ${request}`, error);
	line.nextMs = clock.monotonic() + 6e4;
	line.omitted = 0;
}
/** Reads one of the two streams of a clone. Undefined where it has more than `maxBytes`. */
async function readSmall(stream) {
	let reader = stream.getReader();
	let chunks = [];
	let length = 0;
	for (; length <= 16384;) {
		let { done, value } = await reader.read();
		if (done) return concatBytes(chunks);
		chunks.push(value);
		length += value.length;
	}
	leaveUnread(reader);
}
/**
* The text of a `Response` that a handler returned, to respond to a duplicate in the same way. Undefined where the value
* is not a `Response`, was read already, or has a body of more than 16 KiB. The response itself can still be sent.
*/
async function toResponseText(value) {
	if (!(value instanceof Response) || value.bodyUsed) return;
	let { body, status, headers } = value.clone();
	let bytes = body === null ? /* @__PURE__ */ new Uint8Array() : await readSmall(body);
	if (bytes === void 0) return;
	let parts = [
		status,
		[...headers],
		encodeBytes(bytes, "base64")
	];
	return JSON.stringify(parts);
}
/** The response of a text that `toResponseText` returned. */
function fromResponseText(text) {
	let [status, headers, body] = JSON.parse(text);
	return new Response(body === "" ? null : decodeBytes(body, "base64"), {
		status,
		headers
	});
}
var statuses = {
	"header-missing": 401,
	malformed: 400,
	"too-old": 401,
	"clock-ahead": 401,
	"wrong-secret": 401,
	"body-parsed": 500,
	"too-large": 413
};
/** A response with a code for the provider's log, and no details. */
function failure(status, error, retryAfterMs) {
	let headers = {};
	retryAfterMs !== void 0 && (headers["retry-after"] = String(Math.max(1, Math.ceil(retryAfterMs / 1e3))));
	return Response.json({ error }, {
		status,
		headers
	});
}
/** The response to a delivery with these outcomes. One failure is enough for the provider to deliver it again. */
function toResponse(outcomes, successStatus = 204) {
	let find = (kind) => outcomes.find((one) => one.kind === kind);
	if (find("failed")) return failure(500, "handler-failed");
	if (find("inbox-unavailable")) return failure(503, "inbox-unavailable", 1e4);
	let busy = find("busy");
	if (busy !== void 0) return failure(409, "in-progress", busy.retryAfterMs);
	let value = find("processed")?.value;
	if (value instanceof Response) return value;
	let duplicate = find("done")?.response;
	return duplicate === void 0 ? new Response(null, { status: successStatus }) : fromResponseText(duplicate);
}
/** The response to a delivery that was rejected, or whose verification failed. */
function toErrorResponse(error, isVerified) {
	if (!WebhookVerificationError.isInstance(error)) return failure(500, "failed");
	let { reason } = error;
	return failure(reason === "malformed" && !isVerified ? 401 : statuses[reason], reason);
}
function checkOptions(scheme, options) {
	checkSecrets(scheme, options);
	let { on, otherwise, queue, waitUntil } = options;
	let handlers = on ?? otherwise;
	if (handlers === void 0 && queue === void 0) throw new ConfigurationError(`${scheme.name}: no handler for events: pass \`on\`, \`otherwise\` or \`queue\`.`);
	if (handlers !== void 0 && queue !== void 0) throw new ConfigurationError(`${scheme.name}: \`queue\` cannot be combined with \`on\` or \`otherwise\`: pass the handlers to the worker of the queue.`);
	if (queue !== void 0 && waitUntil !== void 0) throw new ConfigurationError(`${scheme.name}: \`queue\` cannot be combined with \`waitUntil\`: the response has to wait until the queue has the events.`);
}
/**
* Creates the handler of an endpoint. It responds with 2xx when the events were processed or queued, 401 where the
* signature is missing, malformed or wrong, 400 where a signed body is malformed, 413 where it is too large, 409 while another
* caller processes the same event, and 5xx where a handler, the queue or the inbox failed. The provider delivers again
* after 409 and 5xx.
* @throws ConfigurationError where the options have no `secrets`, no handler and no queue, or both.
*/
function createWebhookHandler(scheme, options) {
	checkOptions(scheme, options);
	let { queue, inbox = memoryInbox(), whenInboxFails = "reject", leaseMs = 6e4, clock = systemClock } = options;
	let { waitUntil } = options;
	let report = (error, delivery, isVerified = !0) => {
		options.onError === void 0 ? isVerified ? console.error(error) : reportUnverified(scheme, error, {
			delivery,
			clock
		}) : options.onError(error, delivery);
	};
	let processAll = async (delivery, events, seen) => {
		let endpoint = (options.endpoint ?? endpointName(delivery.url)).replaceAll(":", "%3A");
		let tasks = /* @__PURE__ */ new Map();
		for (let event of events) {
			let handle = queue === void 0 ? routeEvent(options, event) : () => queue.add(event);
			if (handle === void 0 || tasks.has(event.id)) continue;
			tasks.set(event.id, {
				key: event.isIdentified ? `${scheme.id}:${endpoint}:${event.id}` : void 0,
				process: (claim, signal) => handle({
					delivery,
					claim,
					signal
				})
			});
		}
		let reported = /* @__PURE__ */ new Set();
		let claimed = await claimTasks([...tasks.values()], {
			inbox: inbox || void 0,
			whenInboxFails,
			leaseMs,
			clock,
			toText: toResponseText,
			report(error) {
				reported.has(error) || report(error, delivery);
				reported.add(error);
			}
		});
		let processed = claimed.process().then((outcomes) => {
			seen.outcomes = outcomes;
			return outcomes;
		});
		let isDeferred = waitUntil !== void 0 && claimed.known.length < tasks.size && deferWork(processed, waitUntil, (error) => report(error, delivery));
		isDeferred && (seen.work = processed);
		return toResponse(isDeferred ? claimed.known : await processed, scheme.event.successStatus);
	};
	let handle = async (request, seen) => {
		let delivery;
		let isVerified = !1;
		try {
			delivery = await readDelivery(scheme, request, options);
			let offered = offeredSecret(scheme, delivery);
			if (offered !== void 0 && options.onSecret !== void 0) {
				await options.onSecret(offered.secret, delivery);
				return new Response(null, {
					status: 200,
					headers: { [offered.header]: offered.secret }
				});
			}
			let unsigned = respondToUnsigned(scheme, delivery);
			if (unsigned) return unsigned;
			let secret = "";
			let onMatch = (matching) => {
				secret = matching;
			};
			let verified = await verifyDelivery(scheme, delivery, {
				...options,
				onMatch
			});
			isVerified = !0;
			let { payload, events } = await parseWebhook(scheme, verified, options);
			seen.signedAtMs = verified.signedAtMs;
			let handshake = respondToHandshake(scheme, payload, secret);
			if (handshake) return await handshake;
			seen.events = events;
			return await processAll(delivery, events, seen);
		} catch (error) {
			seen.error = error;
			let { method, headers } = request;
			let unread = {
				method,
				url: rawUrlOf(request),
				header: (name) => headers.get(name) ?? void 0
			};
			report(error, delivery ?? unread, isVerified);
			return toErrorResponse(error, isVerified);
		}
	};
	let handler = async (request) => {
		let [first, ...others] = [options.observe ?? []].flat();
		if (!first) return handle(request, {});
		let seen = {};
		let end = first.startDelivery({
			...scheme.event,
			scheme: scheme.id,
			clock,
			header: (name) => request.headers.get(name)
		}, [first, ...others]);
		let status = 500;
		try {
			let response = await handle(request, seen);
			status = response.status;
			return response;
		} finally {
			let endDelivery = () => {
				let { work: _, ...observed } = seen;
				end({
					...observed,
					status
				});
			};
			seen.work === void 0 ? endDelivery() : seen.work.then(endDelivery, endDelivery);
		}
	};
	setFailureReports(handler, {
		scheme,
		report
	});
	return handler;
}
/**
* The webhooks of a scheme. `Events` maps the names of its events to their payloads.
* @throws ConfigurationError where the scheme is missing.
*/
function createWebhooks(scheme) {
	checkScheme(scheme);
	return {
		scheme,
		handler: (options) => createWebhookHandler(scheme, options),
		verify: (request, options) => verifyWebhook(scheme, request, options)
	};
}
Int8Array.from({ length: 256 }, (_, code) => {
	let character = String.fromCharCode(code);
	return /[0-9a-f]/i.test(character) ? Number.parseInt(character, 16) : -1;
});
/**
* Stripe. Signatures of version `v0` and others are ignored. While a secret is rolled, there is a `v1` for each secret.
* https://docs.stripe.com/webhooks/signature
*/
var stripe = {
	id: "stripe",
	name: "Stripe",
	secret: "the endpoint's signing secret, whsec_..., in the dashboard under Webhooks",
	algorithm: {
		kind: "hmac",
		hash: "SHA-256",
		key: { encoding: "utf8" }
	},
	signature: {
		in: "header",
		header: "stripe-signature",
		separator: ",",
		prefix: "v1=",
		encoding: "hex"
	},
	signed: [
		"timestamp",
		{ text: "." },
		"body"
	],
	timestamp: {
		header: "stripe-signature",
		separator: ",",
		prefix: "t=",
		unit: "seconds",
		toleranceMs: 3e5
	},
	event: {
		type: [[{
			in: "body",
			path: ["type"]
		}]],
		id: [[{
			in: "body",
			path: ["id"]
		}]]
	}
};
Uint8Array.from([
	48,
	46,
	2,
	1,
	0,
	48,
	5,
	6,
	3,
	43,
	101,
	112,
	4,
	34,
	4,
	32
]);
// src/routes/webhooks/stripe/+server.ts
var onStripe = createWebhooks(stripe).handler({
	secrets: () => process.env.STRIPE_WEBHOOK_SECRET,
	on: { "invoice.paid": ({ payload }) => console.log(`${payload.data.object.id} is paid`) }
});
var POST = ({ request }) => onStripe(request);
export { POST };

//# sourceMappingURL=_server.ts.js.map