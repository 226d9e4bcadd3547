// What a choice changed: compares an outcome with the one shown before it, item by item.

import { h } from "./dom.js";
import { told } from "./setup.js";

const SECTIONS = ["documents", "steps", "places", "legal_basis"];

export class Difference {
  #old = null;
  #new = null;

  forget() {
    this.#old = this.#new = null;
  }

  /** Take the next outcome; another topic or language is not compared. */
  take(reply) {
    const before = this.#new;
    this.#old = before && before.language === reply.language && before.procedure.topic === reply.procedure.topic ? before : null;
    this.#new = reply;
  }

  /** How much changed, as a sentence; empty where nothing was shown before. */
  sentence() {
    if (!this.#old) return "";
    const count = (pick) => SECTIONS.reduce((sum, name) => sum + pick(name).length, 0);
    const added = count((name) => only(this.#new, this.#old, name));
    const removed = count((name) => only(this.#old, this.#new, name));
    const settled = count((name) => this.#settled(name)) + ["fee", "time_limit"].filter((name) => this.#changed(name)).length;
    if (!added && !removed && !settled) return told(this.#new.language, "nothing_changed");
    return told(this.#new.language, "changes_said", { added, removed, settled });
  }

  /** A section's items, the new ones marked and those gone struck through; null when there are none. */
  list(name, kind, render) {
    const { language } = this.#new;
    const items = this.#new.procedure[name] ?? [];
    const added = new Set(this.#old ? only(this.#new, this.#old, name) : []);
    const settled = new Set(this.#old ? this.#settled(name) : []);
    const gone = this.#old ? only(this.#old, this.#new, name) : [];
    if (!items.length && !gone.length) return null;
    const mark = (word) => [h("span", { class: "mark new" }, told(language, word)), " "];
    return h(kind, { class: name }, items.map((one) => h("li", { class: added.has(one) || settled.has(one) ? "added" : "" },
      added.has(one) ? mark("added") : settled.has(one) ? mark("changed") : null, render(one))),
    gone.map((one) => h("li", { class: "gone" }, h("span", { class: "mark" }, told(language, "removed")), " ", h("del", {}, one.text ?? one.name))));
  }

  /** A section that is one text. */
  text(name) {
    const now = this.#new.procedure[name];
    if (!now) return null;
    return h("p", { class: this.#changed(name) ? "added" : "" },
      this.#changed(name) ? h("span", { class: "mark new" }, told(this.#new.language, "changed")) : null, " ", now.text);
  }

  /** Items told before that now have another condition, or none. */
  #settled(name) {
    const before = new Map((this.#old.procedure[name] ?? []).map((one) => [key(one), one.only_if]));
    return (this.#new.procedure[name] ?? []).filter((one) => before.has(key(one)) && before.get(key(one)) !== one.only_if);
  }

  #changed(name) {
    return Boolean(this.#old) && this.#old.procedure[name]?.text !== this.#new.procedure[name]?.text;
  }
}

const key = (one) => [one.id ?? one.article ?? one.name, one.text ?? "", one.law ?? ""].join("\n");

function only(there, elsewhere, name) {
  const known = new Set((elsewhere.procedure[name] ?? []).map(key));
  return (there.procedure[name] ?? []).filter((one) => !known.has(key(one)));
}
