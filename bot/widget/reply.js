// A Reply of the contract → nodes. `on` holds what a person can do: choose(choice), and the tools below an outcome.

import { button, h, linked, tag } from "./dom.js";
import { element } from "./elements.js";
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
const choices = (offered, label, on) => (offered.length ? element("choices", { offered, label, choose: on.choose }) : null);

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
    h("figcaption", {}, element("source", { ...passage.source, article: passage.article }, words)));
}

function whole(reply, words, on) {
  if (!reply.procedure) return on.tools(reply);
  const inside = [card(reply.procedure, words, reply.choices ?? [], on), on.tools(reply)];
  return h("details", {}, h("summary", {}, words.whole), inside);
}

// The section that answers an aspect, shown first.
const FIRST = { documents: "documents", steps: "steps", where: "places", online: "places", fee: "fee", time: "time_limit",
  legal_basis: "legal_basis", agent: "documents" };

/** The card; `offered` are the other values of its facts. On paper (`on` is null) nothing is folded or to be pressed. */
export function card(procedure, words, offered, on) {
  const parts = new Map([
    ["documents", section(words.documents, documents(procedure.documents, words, on), words.items(procedure.documents.length))],
    ["steps", section(words.steps, lines("step", procedure.steps, words, "steps", "ol"))],
    ["fee", section(words.fee, text(procedure.fee))],
    ["time_limit", section(words.time_limit, text(procedure.time_limit))],
    ["places", section(words.places, lines("place", procedure.places ?? [], words, "plain"))],
  ]);
  const asked = parts.get(FIRST[procedure.aspect]);
  const ordered = [...parts.values()].filter(Boolean);
  if (asked) ordered.unshift(...ordered.splice(ordered.indexOf(asked), 1));
  return h("article", { class: "card", "aria-label": procedure.title },
    h("h3", {}, procedure.title),
    forWhom(procedure, words, offered, on),
    procedure.coverage === "general" ? h("p", { class: "note" }, linked(words.general)) : null,
    ordered,
    folded(words.legal_basis, elements("article", procedure.legal_basis, words), on, procedure.aspect === "legal_basis"),
    folded(words.sources, elements("source", procedure.sources, words), on),
    h("p", { class: "soft" }, words.as_of(procedure.as_of)));
}

/** "Because" sentences stand in the order of the facts, each with its change; then what the person could not say. */
function forWhom(procedure, words, offered, on) {
  const facts = Object.keys(procedure.facts);
  const lines = (procedure.because ?? []).map((because, place) => [because, on ? change(because, others(facts[place], offered), words, on) : null]);
  const unknown = (procedure.unknown ?? []).map((fact) => others(fact, offered)).filter((values) => values.length);
  return [
    section(words.because, list(lines, "facts")),
    on && unknown.length
      ? h("details", {}, h("summary", {}, words.open_facts), unknown.map((values) => choices(values, words.open_facts, on)))
      : null,
  ];
}

const others = (fact, offered) => offered.filter((choice) => choice.value?.startsWith(`${fact}=`));

function change(because, values, words, on) {
  if (!values.length) return null;
  const menu = h("div", { class: "menu", hidden: true }, h("p", { class: "soft" }, words.change_to), choices(values, words.change_to, on));
  const toggle = button(words.change, () => {
    menu.hidden = !menu.hidden;
    toggle.setAttribute("aria-expanded", String(!menu.hidden));
  }, { class: "quiet", "aria-expanded": "false", "aria-label": `${words.change}：${because}` });
  return [toggle, menu];
}

function section(heading, content, count) {
  if (!content || content.length === 0) return null;
  return h("section", {}, h("h4", {}, heading, count ? h("small", {}, count) : null), content);
}

function list(lines, name, tag = "ul") {
  return lines.length ? h(tag, { class: name }, lines.map((line) => h("li", {}, line))) : null;
}

const elements = (name, items, words) => items.map((item) => element(name, item, words));
const lines = (name, items, words, kind, tag) => list(elements(name, items, words), kind, tag);

function documents(items, words, on) {
  const box = (one) => h("label", {}, h("input", { type: "checkbox", disabled: !on }), one);
  return list(elements("document", items, words).map(box), "check");
}

const text = (value) => (value ? h("p", {}, linked(value.text)) : null);

function folded(heading, lines, on, open = false) {
  if (!lines.length) return null;
  if (!on) return section(heading, list(lines, "fine"));
  return h("details", { open }, h("summary", {}, `${heading} (${lines.length})`), list(lines, "plain"));
}
