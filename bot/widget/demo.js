// The demo page: a plain conversation over the website channel.

import { element, render } from "./reply.js";
import * as server from "./server.js";
import { WORDS } from "./words.js";

const log = document.querySelector("#log");
const status = document.querySelector("#status");
const form = document.querySelector("#form");
const question = document.querySelector("#question");
let language = navigator.language.toLowerCase().startsWith("zh") ? "zh" : "en";
let waiting = Promise.resolve(); // messages are sent one after another, so that answers stand in order

function speak(wanted) {
  language = wanted;
  document.documentElement.lang = wanted === "zh" ? "zh-CN" : "en";
  document.title = WORDS[wanted].title;
  for (const node of document.querySelectorAll("[data-word]")) node.textContent = WORDS[wanted][node.dataset.word];
  for (const node of document.querySelectorAll("[data-label]")) {
    node.setAttribute("aria-label", WORDS[wanted][node.dataset.label]);
  }
  for (const node of document.querySelectorAll("[data-language]")) {
    node.setAttribute("aria-pressed", String(node.dataset.language === wanted));
  }
}

function add(from, children, lang) {
  const who = element("span", { class: "who" }, `${WORDS[language][from]}：`);
  const message = element("div", { class: `message ${from}`, lang }, who, children);
  log.append(message);
  message.scrollIntoView({ block: from === "bot" ? "nearest" : "end" });
  return message;
}

function addReply(reply) {
  add("bot", render(reply, (choice) => submit({ choice: choice.token }, choice.title)), reply.language === "zh" ? "zh-CN" : "en");
}

function submit(content, shown) {
  const message = add("you", [element("p", {}, shown)]);
  const id = newId();
  waiting = waiting.then(() => deliver(content, id, message));
  question.focus();
}

async function deliver(content, id, message) {
  status.textContent = WORDS[language].thinking;
  try {
    (await server.send(content, id)).forEach(addReply);
    status.textContent = "";
  } catch (error) {
    await undelivered(error, content, id, message);
  }
}

async function undelivered(error, content, id, message) {
  status.textContent = "";
  if (error.status === 401) {
    await begin();
    status.textContent = WORDS[language].expired;
    return;
  }
  const again = element("button", { type: "button" }, WORDS[language].retry);
  const failure = element("div", { class: "failure", role: "alert" }, error.message || WORDS[language].offline, " ");
  again.addEventListener("click", () => {
    failure.remove();
    waiting = waiting.then(() => deliver(content, id, message));
    question.focus();
  });
  if (error.status === 0 || error.status === 429 || error.status >= 500) failure.append(again);
  message.append(failure);
}

async function begin() {
  try {
    (await server.open(language)).forEach(addReply);
  } catch (error) {
    status.textContent = error.message || WORDS[language].offline;
  }
}

async function restore() {
  if (!server.hasSession()) return begin();
  try {
    for (const message of await server.history()) {
      if (message.reply) addReply(message.reply);
      else add("you", [element("p", {}, message.text)]);
    }
    status.textContent = WORDS[language].restored;
  } catch (error) {
    if (error.status === 401) return begin();
    status.textContent = error.message || WORDS[language].offline;
  }
}

async function forget() {
  try {
    if (server.hasSession()) await server.forget();
  } catch (error) {
    if (error.status !== 401) {
      status.textContent = error.message || WORDS[language].offline;
      return;
    }
  }
  log.replaceChildren();
  await begin();
  status.textContent = WORDS[language].forgotten;
  question.focus();
}

function newId() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16)); // pages served without TLS have no randomUUID
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const text = question.value.trim();
  if (!text) {
    status.textContent = WORDS[language].empty;
    return;
  }
  question.value = "";
  submit({ text }, text);
});
question.addEventListener("keydown", (event) => {
  // Enter that ends an input method's composition must not send; 229 is what some of them report for it.
  if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
  event.preventDefault();
  form.requestSubmit();
});
document.querySelector("#forget").addEventListener("click", forget);
for (const button of document.querySelectorAll("[data-language]")) {
  button.addEventListener("click", () => speak(button.dataset.language));
}

speak(language);
await restore();
log.setAttribute("aria-live", "polite"); // only from now on: what was restored is not read out again
