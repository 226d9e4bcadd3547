// <banshi-outcome>: one topic tailored to the caller, or one quoted passage; what is said, copied, printed, reported.

import { failed, get, languageNow, masked, note, post } from "./api.js";
import { button, h, linked, tag } from "./dom.js";
import { element } from "./elements.js";
import { facts } from "./facts.js";
import { say, setUp, t, told } from "./setup.js";
import { Difference } from "./difference.js";
import { WORDS } from "./words.js";

export class BanshiOutcome extends HTMLElement {
  #call;
  #search;
  #shown = null;
  #quoted = null;
  #difference = new Difference();

  start(call, search) {
    this.#call = call;
    this.#search = search;
  }

  /** The next question's choices, for the keys 1 to 9. */
  get choices() {
    return this.#shown?.facts.find((fact) => fact.next)?.values.map((value) => [this.#shown.facts.find((fact) => fact.next).id, value.id]) ?? [];
  }

  label(fact, value) {
    return setUp.labels[`${fact}.${value}`] ?? value;
  }

  clear() {
    this.#shown = this.#quoted = null;
    this.#difference.forget();
    this.replaceChildren(h("p", { class: "empty" }, t("start")));
    document.querySelector("#facts").replaceChildren();
  }

  /** Ask the server for the outcome of the call as it is now, and show it. */
  async refresh(opened = false) {
    const { topic } = this.#call;
    if (!topic) return;
    const made = await get("/outcome", { topic, facts: this.#call.written(), language: languageNow() }).catch(failed);
    if (!made) return;
    const focused = document.activeElement?.id;
    this.#shown = made;
    this.#quoted = null;
    this.#difference.take(made.reply);
    this.#render();
    document.querySelector("#facts").replaceChildren(...facts(made, (fact, value) => this.choose(fact, value)));
    if (opened) this.querySelector("h2").focus();
    else if (focused) document.getElementById(focused)?.focus();
    if (!opened) say(this.#difference.sentence());
  }

  /** Set a fact of the call and show what it changes. */
  choose(fact, value) {
    if (fact === "region") return this.#search.moved(value);
    this.#call.set(fact, value);
    return this.refresh();
  }

  undo() {
    if (this.#call.undo()) this.refresh().then(() => say(t("undone")));
  }

  /** Show one passage or article as it is quoted. */
  quote(hit) {
    this.#quoted = hit;
    this.#shown = null;
    this.#difference.forget();
    const { source } = hit;
    this.replaceChildren(h("article", { class: "quoted", lang: tag(languageNow()) },
      h("h2", { tabindex: "-1" }, hit.title),
      h("p", { class: "marks" },
        hit.status ? h("span", { class: `mark ${hit.status === "in_force" ? "" : "warn"}` }, t(`status_${hit.status}`)) : null,
        hit.region ? h("span", { class: "mark" }, hit.region) : null,
        hit.from ? h("span", {}, t("valid_from", { day: hit.from })) : null, " ",
        hit.until ? h("span", {}, t("valid_until", { day: hit.until })) : null),
      this.#tools(),
      h("blockquote", {}, linked(hit.text)),
      h("p", { class: "soft" }, element("source", source, WORDS[setUp.language])),
      hit.topics.length ? h("section", {}, h("h3", {}, t("topics_of")),
        h("ul", { class: "others" }, hit.topics.map((one) => h("li", {}, button(one.title, () => this.#search.topic(one.id)))))) : null));
    document.querySelector("#facts").replaceChildren();
    this.querySelector("h2").focus();
  }

  copyScript() {
    this.#copy(this.#shown?.script.text ?? this.#quoted?.text, "copied", "script");
  }

  copyFull() {
    this.#copy(this.#shown?.reply.text ?? this.#quoted?.text, "copied", "full");
  }

  /** A link to the bureau's page that opens this outcome: ids behind the hash, which no server ever sees. */
  copyLink() {
    if (!this.#shown) return;
    const { topic, facts: known, unknown } = this.#shown.reply.procedure;
    const pairs = [...Object.entries(known), ...unknown.map((fact) => [fact, "unknown"])];
    const ids = pairs.map((pair) => pair.join(".")).join(",");
    this.#copy(`${setUp.page}#banshi=${topic}${ids ? `:${ids}` : ""}`, "link_copied", null);
    note("link", topic);
  }

  print() {
    if (!this.#shown && !this.#quoted) return;
    note("print", this.#name());
    globalThis.print();
  }

  /** Report to the editors: the question as typed, the facts, what is open. */
  async flag(kind) {
    const { topic, region } = this.#call;
    const question = masked(this.#search.query);
    const about = kind === "not_found" ? "" : (this.#shown ? topic : this.#quoted?.topics[0]?.id) ?? "";
    if (!question && !about) {
      say(t("flag_nothing"));
      return;
    }
    const body = { kind, question: question || this.#quoted?.title || "", topic: about, facts: this.#call.written(), region };
    await post("/flag", body).then(() => say(`${t("flagged")} ${t(`flag_${kind}`)}`)).catch(failed);
  }

  #name() {
    return this.#shown ? this.#shown.reply.procedure.topic : this.#quoted.id;
  }

  async #copy(text, sentence, what) {
    if (!text) return;
    await navigator.clipboard.writeText(text).catch(() => byHand(text));
    say(t(sentence));
    if (what) note("copy", `${what}:${this.#name()}`);
  }

  #tools() {
    const tool = (key, word, act) => button([t(word), " ", h("kbd", { "aria-hidden": "true" }, key)], act);
    return h("div", { class: "tools" },
      tool("c", "copy_script", () => this.copyScript()), tool("C", "copy_full", () => this.copyFull()),
      this.#shown ? tool("l", "copy_link", () => this.copyLink()) : null, tool("p", "print", () => this.print()),
      h("span", { class: "flags", role: "group", "aria-label": t("flag") },
        tool("n", "flag_not_found", () => this.flag("not_found")), tool("w", "flag_wrong", () => this.flag("wrong")),
        tool("o", "flag_outdated", () => this.flag("outdated"))));
  }

  #render() {
    const { reply, script, warnings, ask } = this.#shown;
    const { procedure, language } = reply;
    const w = (key, values) => told(language, key, values);
    const line = (name) => (item) => element(name, item, WORDS[language]);
    const d = this.#difference;
    const next = this.#shown.facts.find((fact) => fact.next);
    this.replaceChildren(h("article", { lang: tag(language) },
      h("h2", { tabindex: "-1" }, procedure.title),
      h("p", { class: "marks" }, (procedure.because ?? []).map((because) => h("span", { class: "mark" }, because)),
        h("span", { class: "soft" }, w("as_of", { day: procedure.as_of }))),
      this.#tools(),
      h("section", { class: "script", "aria-label": w("script") },
        h("h3", {}, w("script"), h("small", {}, w("script_seconds", { seconds: Math.round(script.seconds) }))),
        h("p", {}, script.text),
        next ? this.#ask(next, ask, w) : null),
      warnings.length ? h("section", { class: "careful" }, h("h3", {}, w("warnings")), h("ul", {}, warnings.map((one) => h("li", {}, linked(one))))) : null,
      d.sentence() ? h("p", { class: "differs" }, d.sentence()) : null,
      h("div", { class: "columns" },
        h("div", {}, section(w("documents"), d.list("documents", "ul", line("document"))), section(w("fee"), d.text("fee")),
          section(w("time_limit"), d.text("time_limit"))),
        h("div", {}, section(w("steps"), d.list("steps", "ol", line("step"))), section(w("places"), d.list("places", "ul", line("place"))))),
      section(w("legal_basis"), d.list("legal_basis", "ul", line("article"))),
      section(w("sources"), h("ul", { class: "fine" }, procedure.sources.map((one) => h("li", {}, line("source")(one))))),
      h("details", {}, h("summary", {}, w("full_text")), h("p", { class: "full" }, linked(reply.text)))));
  }

  #ask(next, ask, w) {
    const offered = next.values.map(({ id, label }) => ({ id, title: label }));
    return h("div", { class: "ask" }, h("p", {}, h("strong", {}, w("ask_next") + w("colon")), ask),
      element("choices", { offered, label: next.title, choose: (one) => this.choose(next.id, one.id), numbered: true }));
  }
}

function section(heading, content) {
  return content ? h("section", {}, h("h3", {}, heading), content) : null;
}

/** Pages without TLS have no clipboard. */
function byHand(text) {
  const field = h("textarea", { "aria-hidden": "true", class: "hidden" });
  field.value = text;
  document.body.append(field);
  const before = document.activeElement;
  field.select();
  document.execCommand("copy");
  field.remove();
  before?.focus();
}
