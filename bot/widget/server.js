// The four calls of the HTTP contract. The session token is kept in this tab only.

const KEY = "banshi-session";

/** A refusal of the server (`status`, its sentence), or a request that did not reach it (`status` 0). */
export class Refused extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

export const hasSession = () => sessionStorage.getItem(KEY) !== null;
export const dropSession = () => sessionStorage.removeItem(KEY);

/** Begin a conversation; returns the greeting. */
export async function open(language) {
  dropSession();
  const answer = await call("POST", "sessions", { language });
  sessionStorage.setItem(KEY, answer.session);
  return answer.replies;
}

/** Send `{text}` or `{choice}` under a message id; the same id may be sent again without running twice. */
export async function send(content, messageId) {
  return (await call("POST", "messages", { ...content, message_id: messageId })).replies;
}

export async function history() {
  return (await call("GET", "messages")).messages;
}

export async function forget() {
  await call("DELETE", "sessions");
  dropSession();
}

async function call(method, path, body) {
  const headers = { "Accept-Language": document.documentElement.lang };
  if (body) headers["Content-Type"] = "application/json";
  if (hasSession()) headers.Authorization = `Bearer ${sessionStorage.getItem(KEY)}`;
  let response;
  try {
    response = await fetch(path, { method, headers, body: body && JSON.stringify(body), cache: "no-store" });
  } catch {
    throw new Refused(0, "");
  }
  if (response.status === 204) return null;
  const answer = await response.json().catch(() => null);
  if (!response.ok || answer === null) throw new Refused(response.status, answer?.error?.message ?? "");
  return answer;
}
