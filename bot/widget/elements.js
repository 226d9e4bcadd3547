// What the widget and the hotline console show alike, each as a small custom element: the lines of an outcome and the
// buttons to choose from. `item` comes from a Reply, `words` are those of words.js in the Reply's language.

import { button, h, link, linked } from "./dom.js";

/** `<banshi-NAME>` showing `item`. */
export const element = (name, item, words) => document.createElement(`banshi-${name}`).show(item, words);

const mark = (word, kind = "") => h("span", { class: `mark ${kind}` }, word);
const condition = (item) => (item.only_if ? h("em", {}, item.only_if) : null);

const PARTS = {
  document: (item, words) => [condition(item), linked(item.text), item.original ? mark(words.original) : null,
    item.copies ? mark(words.copies(item.copies)) : null],

  step: (item, words) => [condition(item), h("span", {}, linked(item.text)), item.place ? h("small", {}, words.place, item.place) : null],

  place(item) {
    const phone = /^[\d+ -]{3,20}$/.test(item.phone ?? "") ? link(`tel:${item.phone.replace(/[ +]/g, "")}`, item.phone) : null;
    return [link(item.url, item.name), item.address ? h("small", {}, item.address) : null, phone ? h("small", {}, phone) : null];
  },

  /** An article of the law as it is quoted. */
  article: (item, words) => [link(item.url, item.title), ` ${words.article(item.article)}`,
    item.status ? mark(words.status[item.status], item.status) : null,
    item.status === "not_yet_in_force" && item.in_force_from ? h("small", {}, words.from(item.in_force_from)) : null,
    h("blockquote", {}, item.text)],

  /** Where a statement comes from: title, issuer, number, the day it was checked, how sure it is. */
  source: (item, words) => [link(item.url, item.title), item.article ? ` ${words.article(item.article)}` : null,
    item.confidence ? mark(words.confidence[item.confidence], item.confidence) : null,
    h("small", {}, [item.issuer, item.number, item.checked_on && words.checked(item.checked_on)].filter(Boolean).join(" · "))],

  /** `item`: `{offered, label, choose, numbered}`; a button for each of `offered` calls `choose(one, event)`. */
  choices: ({ offered, label, choose, numbered }) => [
    h("ul", { class: offered.length > 12 ? "choices many" : "choices", "aria-label": label }, offered.map((one, place) => h("li", {},
      button([numbered && place < 9 ? h("kbd", { "aria-hidden": "true" }, `${place + 1}`) : null, one.title], (event) => choose(one, event)))))],
};

for (const [name, parts] of Object.entries(PARTS)) {
  customElements.define(`banshi-${name}`, class extends HTMLElement {
    show(item, words) {
      this.replaceChildren(...h("p", {}, parts(item, words)).childNodes);
      return this;
    }
  });
}
