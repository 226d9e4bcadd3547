// The calls of the server. Personal numbers never leave the browser: see the widget's masking.js.

import { h } from "./dom.js";
import { mask } from "./masking.js";
import { setUp, say, t } from "./setup.js";

const BASE = "/console";
const KEY = document.querySelector("meta[name=form-key]").content;
const HIDDEN = new Proxy({}, { get: () => "***" });

/** The text without the plain forms of personal numbers. */
export const masked = (text) => mask(text, HIDDEN).text;

/** What the caller is told when a call of the server failed; null when it was said already. */
export class Failed extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

export const get = (path, query) => request(`${path}?${new URLSearchParams(query)}`);

export const post = (path, body) =>
  request(path, { method: "POST", headers: { "content-type": "application/json", "x-form-key": KEY }, body: JSON.stringify(body) });

/** Tell the audit log; nobody waits for it. */
export const note = (action, about) => post("/note", { action, about: (about ?? "").slice(0, 200) }).catch(() => {});

async function request(path, options = {}) {
  const response = await fetch(BASE + path, { ...options, credentials: "same-origin" }).catch(() => null);
  if (!response) throw new Failed(0, t("offline"));
  const body = await response.json().catch(() => ({}));
  if (response.ok) return body;
  if (response.status === 401) ended();
  throw new Failed(response.status, body.message ?? t("trouble"));
}

/** The session is over: what the call holds stays in this tab, and the way back is one key. */
function ended() {
  if (document.querySelector("#ended")) return;
  const link = h("a", { href: `${BASE}/sign-in` }, t("sign_in"));
  document.querySelector("main").prepend(h("div", { id: "ended", role: "alert" }, h("p", {}, t("session_over")), link));
  link.focus();
}

/** Show why something failed. */
export function failed(error) {
  if (!(error instanceof Failed)) throw error;
  if (error.status !== 401) say(error.message);
}

/** The language a reply is marked with. */
export const languageNow = () => document.querySelector("#answer-language").value || setUp.language;
