// A Reply of the contract → nodes. `on` holds what a person can do: choose(choice), and the tools below an outcome.

import { card } from "./card.js";
import { button, h, link, linked, tag } from "./dom.js";
import { WORDS } from "./words.js";

/** The nodes of one reply, in the reply's own language. */
export function render(reply, on) {
  const words = WORDS[reply.language];
  const offered = reply.choices ?? [];
  if (reply.passages) return [...reply.passages.map((passage) => quote(passage, words)), whole(reply, words, on)];
  if (reply.procedure) return [card(reply.procedure, words, offered, on), on.tools(reply)];
  return [
    ...paragraphs(spoken(reply)),
    reply.question ? h("p", { class: "soft" }, words.why, reply.question.why) : null,
    reply.case_code ? code(reply.case_code, words) : null,
    choices(offered, words.choices, on),
  ].filter(Boolean);
}

/** Choices as a list of buttons, or null. */
export function choices(offered, label, on) {
  if (!offered.length) return null;
  const items = offered.map((choice) => h("li", {}, button(choice.title, (event) => on.choose(choice, event))));
  return h("ul", { class: offered.length > 12 ? "choices many" : "choices", "aria-label": label }, items);
}

/** The text without the lines that are shown as buttons and explanation. */
function spoken(reply) {
  const titles = new Set((reply.choices ?? []).map((choice) => choice.title));
  const lines = reply.text.split("\n");
  return lines.filter((line) => !titles.has(line.replace(/^\d+\. /, "")) && line !== reply.question?.why).join("\n");
}

const paragraphs = (text) => text.split(/\n+/).filter(Boolean).map((part) => h("p", {}, linked(part)));

function code(digits, words) {
  const name = `${words.case_code} ${[...digits].join(" ")}`;
  return h("p", { class: "code" }, words.case_code, h("strong", { role: "img", "aria-label": name }, digits));
}

function quote(passage, words) {
  return h("figure", {}, h("blockquote", { lang: /[㐀-鿿]/.test(passage.text) ? tag("zh") : "en" }, passage.text),
    h("figcaption", {}, sourceLine(passage.source, words, passage.article)));
}

/** Where a statement comes from: title, issuer, number, the day it was checked, how sure it is. */
export function sourceLine(source, words, article) {
  const details = [source.issuer, source.number, source.checked_on && words.checked(source.checked_on)];
  return [
    link(source.url, source.title),
    article ? ` ${words.article(article)}` : null,
    source.confidence ? h("span", { class: `mark ${source.confidence}` }, words.confidence[source.confidence]) : null,
    h("small", {}, details.filter(Boolean).join(" · ")),
  ];
}

function whole(reply, words, on) {
  if (!reply.procedure) return on.tools(reply);
  const inside = [card(reply.procedure, words, reply.choices ?? [], on), on.tools(reply)];
  return h("details", {}, h("summary", {}, words.whole), inside);
}
