// What can be done with an outcome: read aloud, print, save, copy, link.

import { button, h, sheet, tag } from "./dom.js";
import { card } from "./reply.js";
import { PAPER, PRINTING } from "./style.js";
import { WORDS } from "./words.js";

const KEY = "#banshi=";

/** The row of tools under a reply; `say` puts a sentence into the status line, `coded` makes a QR code of a link. */
export function tools(reply, say, coded) {
  const words = WORDS[reply.language];
  const made = [
    button(words.copy, () => copy(reply.text).then(() => say(words.copied))),
    button(words.save, () => {
      save(reply);
      say(words.saved);
    }),
  ];
  if ("speechSynthesis" in globalThis) made.unshift(aloud(reply, words));
  if (!reply.procedure) return h("div", { class: "tools" }, made);
  made.push(button(words.print, () => print(reply, coded)));
  const panel = h("div", { class: "share", hidden: true });
  const toggle = button(words.share, async () => {
    if (panel.hidden && !panel.firstChild) panel.append(...(await shared(reply, words, say, coded)));
    panel.hidden = !panel.hidden;
    toggle.setAttribute("aria-expanded", String(!panel.hidden));
  }, { "aria-expanded": "false" });
  return h("div", {}, h("div", { class: "tools" }, made, toggle), panel);
}

/** The outcome's link on this page: topic, facts, and what the person could not say; ids only, behind the hash. */
export function outcomeLink(procedure) {
  const facts = [...Object.entries(procedure.facts), ...(procedure.unknown ?? []).map((fact) => [fact, "unknown"])];
  return `${location.origin}${location.pathname}${KEY}${procedure.topic}:${facts.map((pair) => pair.join(".")).join(",")}`;
}

/** The outcome named in the page's address, or null. */
export function outcomeAsked() {
  return location.hash.startsWith(KEY) ? location.hash.slice(KEY.length) : null;
}

async function shared(reply, words, say, coded) {
  const address = outcomeLink(reply.procedure);
  return [
    h("p", {}, words.address),
    h("p", { class: "address" }, h("a", { href: address }, address)),
    button(words.copy_link, () => copy(address).then(() => say(words.copied))),
    await code(address, words, coded),
  ];
}

/** The code as a picture drawn with nodes, or nothing when the server was not reached: the link is there too. */
async function code(address, words, coded) {
  const { size, path } = await coded(address).catch(() => ({}));
  if (!path) return "";
  const shape = svg("path", { d: path });
  return svg("svg", { viewBox: `-4 -4 ${size + 8} ${size + 8}`, role: "img", "aria-label": words.code, class: "qr" }, shape);
}

function svg(tag, properties, ...children) {
  const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const name in properties) node.setAttribute(name, properties[name]);
  node.append(...children);
  return node;
}

function save(reply) {
  const address = URL.createObjectURL(new Blob(["\ufeff", reply.text, "\n"], { type: "text/plain;charset=utf-8" }));
  h("a", { href: address, download: `${reply.procedure?.title ?? "banshi"}.txt` }).click();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const field = h("textarea", { "aria-hidden": "true" }); // pages without TLS have no clipboard
    field.value = text;
    document.body.append(field);
    field.select();
    document.execCommand("copy");
    field.remove();
  }
}

/** One sheet of paper: the page itself is left out while it prints. */
async function print(reply, coded) {
  const words = WORDS[reply.language];
  const paper = h("banshi-paper", { lang: tag(reply.language) });
  const root = paper.attachShadow({ mode: "open" });
  root.adoptedStyleSheets = [sheet(PAPER)];
  root.append(card(reply.procedure, words, [], null), h("aside", {}, await code(outcomeLink(reply.procedure), words, coded)));
  const hiding = sheet(PRINTING);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, hiding];
  document.body.append(paper);
  addEventListener("afterprint", () => {
    paper.remove();
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((other) => other !== hiding);
  }, { once: true });
  window.print();
}

function aloud(reply, words) {
  const toggle = button(words.aloud, () => {
    const speaking = toggle.getAttribute("aria-pressed") === "true";
    speechSynthesis.cancel();
    if (!speaking) speak(reply, () => show(false));
    show(!speaking);
  }, { "aria-pressed": "false" });
  const show = (speaking) => {
    toggle.setAttribute("aria-pressed", String(speaking));
    toggle.textContent = speaking ? words.silent : words.aloud;
  };
  return toggle;
}

/** Sentence by sentence: browsers stop in the middle of long utterances. */
function speak(reply, ended) {
  const sentences = reply.text.match(/[^。！？；.!?;\n]+[。！？；.!?;\n]*/g) ?? [];
  sentences.forEach((sentence, place) => {
    const utterance = new SpeechSynthesisUtterance(sentence.trim());
    utterance.lang = tag(reply.language);
    utterance.rate = 0.9;
    if (place === sentences.length - 1) utterance.onend = ended;
    speechSynthesis.speak(utterance);
  });
}
