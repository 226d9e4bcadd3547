// The calls of the HTTP contract. The session token is kept in this tab only, nothing else is stored.

const KEY = "banshi-session";
const PATIENCE = 20_000; // milliseconds; a request without an answer by then may be repeated under its message id

/** A refusal of the server (`status`, its sentence), or a request that did not reach it (`status` 0). */
export class Refused extends Error {
  constructor(status, message = "", seconds = 0) {
    super(message);
    this.status = status;
    this.seconds = seconds;
  }

  get passing() {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }
}

export class Server {
  #base;
  #token = stored();

  /** `base` is the address of the channel, with a slash at the end; `language` is asked at each call. */
  constructor(base, language) {
    this.#base = base;
    this.language = language;
  }

  get hasSession() {
    return Boolean(this.#token);
  }

  /** Begin a conversation; returns the greeting. */
  async open(region) {
    this.drop();
    const answer = await this.#call("POST", "sessions", { language: this.language(), ...(region && { region }) });
    this.#keep(answer.session);
    return answer.replies;
  }

  /** Send `{text}`, `{choice}` or `{outcome}` under a message id; the same id again runs nothing twice. */
  async send(content, messageId) {
    return (await this.#call("POST", "messages", { ...content, message_id: messageId })).replies;
  }

  async history() {
    return (await this.#call("GET", "messages")).messages;
  }

  /** A link to an outcome as a QR code: `{size, path}` in modules. */
  code(link) {
    return this.#call("POST", "codes", { link });
  }

  async forget() {
    if (this.#token) await this.#call("DELETE", "sessions");
    this.drop();
  }

  drop() {
    this.#keep("");
  }

  #keep(token) {
    this.#token = token;
    try {
      if (token) sessionStorage.setItem(KEY, token);
      else sessionStorage.removeItem(KEY);
    } catch {
      // A browser that stores nothing still gets a conversation, until the page is left.
    }
  }

  async #call(method, path, body) {
    const headers = { "Accept-Language": this.language() };
    if (body) headers["Content-Type"] = "application/json";
    if (this.#token) headers.Authorization = `Bearer ${this.#token}`;
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), PATIENCE);
    try {
      const options = { method, headers, body: body && JSON.stringify(body), cache: "no-store", credentials: "omit" };
      const response = await fetch(this.#base + path, { ...options, signal: stop.signal });
      if (response.status === 204) return null;
      const answer = await response.json().catch(() => null);
      if (response.ok && answer) return answer;
      throw new Refused(response.status, answer?.error?.message, Number(response.headers.get("Retry-After")));
    } catch (error) {
      throw error instanceof Refused ? error : new Refused(0);
    } finally {
      clearTimeout(timer);
    }
  }
}

function stored() {
  try {
    return sessionStorage.getItem(KEY) ?? "";
  } catch {
    return "";
  }
}

/** A new message id; pages served without TLS have no randomUUID. */
export function newId() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}
