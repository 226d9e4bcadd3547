// The course of a conversation (begin or restore, send in order, try again, forget) over the calls of the HTTP contract.
// Knows no nodes. The session token is kept in this tab only, nothing else of a conversation is stored.

const SLOW = 4_000; // milliseconds until a person is told that it takes longer
const WAITS = [2, 5, 15, 30]; // seconds before each try that nobody has to ask for

/** `view` shows things: restored, replied, busy, slow, failed, mended, noted, forgotten. */
export class Conversation {
  #server;
  #view;
  #region;
  #begun = false;
  #jobs = [];
  #running = false;
  #tries = 0;
  #timer = 0;

  constructor(server, view, region) {
    this.#server = server;
    this.#view = view;
    this.#region = region;
    addEventListener("online", () => this.#jobs.length && this.retry());
  }

  /** Begin or restore the conversation, once. */
  start() {
    if (!this.#begun && !this.#jobs.length) this.#add({ content: null });
  }

  /** Send `{text}`, `{choice}` or `{outcome}`; `shown` is the view's handle for what failed or was delivered. */
  send(content, shown) {
    this.#add({ content, shown, id: newId() });
  }

  /** Deliver what waits, from the first one on: nothing overtakes a message that failed. */
  async retry() {
    clearTimeout(this.#timer);
    if (this.#running) return;
    this.#running = true;
    while (this.#jobs.length && (await this.#deliver(this.#jobs[0]))) this.#jobs.shift();
    this.#running = false;
    this.#view.busy(false);
  }

  /** Delete everything on the server, then begin anew. Rejects with Refused when the server was not reached. */
  async forget() {
    await this.#server.forget().catch((error) => {
      if (error.status !== 401) throw error;
      this.#server.drop();
    });
    clearTimeout(this.#timer);
    this.#jobs = [];
    this.#begun = false;
    this.#view.forgotten();
    this.start();
  }

  #add(job) {
    this.#jobs.push(job);
    if (!this.#timer || this.#jobs.length === 1) this.retry();
  }

  async #deliver(job) {
    const slow = setTimeout(() => this.#view.slow(), SLOW);
    this.#view.busy(true);
    try {
      if (!this.#begun) await this.#begin();
      this.#begun = true;
      if (job.content) this.#view.replied(await this.#server.send(job.content, job.id));
      this.#view.mended(job.shown);
      this.#tries = this.#timer = 0;
      return true;
    } catch (error) {
      return this.#undelivered(error, job);
    } finally {
      clearTimeout(slow);
    }
  }

  async #begin() {
    if (this.#server.hasSession) {
      try {
        return this.#view.restored(await this.#server.history());
      } catch (error) {
        if (error.status !== 401) throw error;
      }
    }
    return this.#view.replied(await this.#server.open(this.#region), true);
  }

  /** True when the job is done with, although it failed. */
  #undelivered(error, job) {
    if (error.status === 401 && this.#begun) {
      this.#server.drop();
      this.#begun = false;
      this.#view.noted("renewed");
      if (job.content.choice) return true; // a choice belongs to the conversation that offered it
      this.#jobs.splice(1, 0, { ...job, id: newId() });
      return true;
    }
    this.#view.failed(job.shown, error, error.passing ? () => this.retry() : null);
    if (!error.passing) return true;
    const seconds = error.seconds || WAITS[this.#tries++];
    this.#timer = seconds ? setTimeout(() => this.retry(), seconds * (800 + 400 * Math.random())) : 0;
    return false;
  }
}

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
    return !this.status || this.status === 429 || this.status >= 500;
  }
}

export class Server {
  #base;
  #token = remember("sessionStorage", KEY);

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
    return (await this.#call("POST", "sessions", { language: this.language(), ...(region && { region }) })).replies;
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
    remember("sessionStorage", KEY, token);
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
      // A new session, or the old one with a later end.
      if (answer?.session) this.#keep(answer.session);
      if (response.ok && answer) return answer;
      throw new Refused(response.ok ? 0 : response.status, answer?.error?.message, Number(response.headers.get("Retry-After")));
    } catch (error) {
      throw error instanceof Refused ? error : new Refused(0);
    } finally {
      clearTimeout(timer);
    }
  }
}

/** What a storage holds under `key`; `value` is stored first, or removed when empty. A browser may allow neither. */
export function remember(storage, key, value) {
  try {
    if (value) globalThis[storage].setItem(key, value);
    else if (value === "") globalThis[storage].removeItem(key);
    return globalThis[storage].getItem(key);
  } catch {
    return null;
  }
}

/** A new message id; pages served without TLS have no randomUUID. */
function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}
