// A Reply of the contract → DOM nodes. Text only ever becomes text: no markup from the server is interpreted.

import { WORDS } from "./words.js";

const LINK = /https?:\/\/[^\s<>"'，。；、（）《》]+/g;

/** An element with properties and children; a child that is null is left out. */
export function element(tag, properties = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name === "class") node.className = value;
    else if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (value !== null && value !== undefined) node.setAttribute(name, value);
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return node;
}

/** The nodes of one reply; `choose` is called with the choice a person picks. */
export function render(reply, choose) {
  const words = WORDS[reply.language];
  const nodes = [];
  if (reply.procedure) nodes.push(card(reply.procedure, words), plain(reply.text, words));
  else if (reply.passages) nodes.push(...reply.passages.map((passage) => quote(passage, words)), plain(reply.text, words));
  else nodes.push(...paragraphs(lead(reply)));
  if (reply.question) nodes.push(element("p", { class: "why" }, reply.question.why));
  if (reply.case_code) nodes.push(element("p", { class: "code" }, `${words.case_code} `, element("strong", {}, reply.case_code)));
  if (reply.choices?.length) nodes.push(choices(reply.choices, words, choose));
  return nodes;
}

/** The text without the lines that say again what stands below it as the reason and as buttons. */
function lead(reply) {
  const below = new Set((reply.choices ?? []).map((choice, index) => `${index + 1}. ${choice.title}`));
  if (reply.question) below.add(reply.question.why);
  return reply.text.split("\n").filter((part) => !below.has(part.trim())).join("\n").trim();
}

function paragraphs(text) {
  return text.split(/\n{2,}/).map((part) => element("p", {}, linked(part)));
}

/** Text with its web addresses as links. */
function linked(text) {
  const nodes = [];
  let end = 0;
  for (const match of text.matchAll(LINK)) {
    nodes.push(text.slice(end, match.index), link(match[0], match[0]));
    end = match.index + match[0].length;
  }
  nodes.push(text.slice(end));
  return nodes;
}

/** A link to a web page, or the plain title when the address is anything else. */
function link(address, title) {
  if (!/^https?:\/\//i.test(address ?? "")) return title;
  return element("a", { href: address, rel: "noopener noreferrer", target: "_blank" }, title);
}

function choices(offered, words, choose) {
  const items = offered.map((choice) =>
    element("li", {}, element("button", { type: "button", onclick: () => choose(choice) }, choice.title)),
  );
  return element("ul", { class: "choices", "aria-label": words.choices }, items);
}

function plain(text, words) {
  return element("details", {}, element("summary", {}, words.plain), element("p", { class: "plain" }, linked(text)));
}

function card(procedure, words) {
  const parts = sections(procedure, words);
  const asked = parts.findIndex(([aspect]) => aspect === procedure.aspect);
  if (asked > 0) parts.unshift(...parts.splice(asked, 1));
  return element(
    "article",
    { class: "card" },
    element("h2", {}, procedure.title),
    procedure.coverage === "general" ? element("p", { class: "note" }, words.general) : null,
    parts.map(([, node]) => node),
    element("p", { class: "small" }, words.as_of(procedure.as_of)),
  );
}

function sections(procedure, words) {
  const parts = [
    ["because", list(words.because, (procedure.because ?? []).map((text) => [text]))],
    ["unknown", list(words.unknown, (procedure.unknown ?? []).map((text) => [text]))],
    ["documents", list(words.documents, procedure.documents.map((item) => documentLine(item, words)), "documents")],
    ["steps", list(words.steps, procedure.steps.map((item) => stepLine(item, words)), "steps", "ol")],
    ["fee", line(words.fee, procedure.fee)],
    ["time", line(words.time, procedure.time_limit)],
    ["where", list(words.places, (procedure.places ?? []).map(placeLine))],
    ["legal_basis", folded(words.legal_basis, procedure.legal_basis.map((article) => articleLine(article, words)))],
    ["sources", folded(words.sources, procedure.sources.map((source) => sourceLine(source, words)))],
  ];
  return parts.filter(([, node]) => node !== null);
}

function list(heading, lines, name = "", tag = "ul") {
  if (!lines.length) return null;
  const items = lines.map((children) => element("li", {}, children));
  return element("section", { class: name }, element("h3", {}, heading), element(tag, {}, items));
}

function line(heading, value) {
  return value ? element("section", {}, element("h3", {}, heading), element("p", {}, linked(value.text))) : null;
}

function folded(heading, lines) {
  const items = lines.map((children) => element("li", {}, children));
  return lines.length ? element("details", {}, element("summary", {}, heading), element("ul", {}, items)) : null;
}

function documentLine(item, words) {
  const marks = [item.original ? words.original : null, item.copies ? words.copies(item.copies) : null];
  return [linked(item.text), ...marks.filter(Boolean).map(mark), condition(item, words)].flat();
}

function stepLine(item, words) {
  return [linked(item.text), item.place ? small(words.place(item.place)) : null, condition(item, words)].flat();
}

function placeLine(place) {
  const phone = /^[0-9+ -]{3,20}$/.test(place.phone ?? "") ? place.phone : null;
  return [
    place.url ? link(place.url, place.name) : place.name,
    place.address ? small(place.address) : null,
    phone ? element("a", { href: `tel:${phone.replaceAll(" ", "")}`, class: "small" }, phone) : null,
  ];
}

function articleLine(article, words) {
  const status = article.status ? mark(words.law_status[article.status]) : null;
  return [link(article.url, `${article.title} ${article.article}`), status, element("blockquote", {}, article.text)];
}

function sourceLine(source, words) {
  const details = [source.issuer, source.number, source.checked_on ? words.checked(source.checked_on) : null];
  const grade = source.confidence ? mark(words.confidence[source.confidence]) : null;
  return [link(source.url, source.title), small(details.filter(Boolean).join(" · ")), grade];
}

function quote(passage, words) {
  const source = sourceLine(passage.source, words);
  return element("figure", {}, element("blockquote", {}, passage.text), element("figcaption", {}, source));
}

function condition(item, words) {
  return item.only_if ? small(words.only_if(item.only_if)) : null;
}

function small(text) {
  return text ? element("span", { class: "small" }, text) : null;
}

function mark(text) {
  return element("span", { class: "mark" }, text);
}
