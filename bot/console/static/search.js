// <banshi-search>: the one box, its results, and the region that stays for the call.

import { failed, get, languageNow, masked, note, post } from "./api.js";
import { button, h } from "./dom.js";
import { say, setUp, t } from "./setup.js";

const PLACES = [["topic", "topics"], ["passage", "passages"], ["article", "passages"]];

export class BanshiSearch extends HTMLElement {
  #call;
  #outcome;
  #found = { hits: [], rejected: [], said: {}, code: null };
  #active = 0;
  #rejected = false;
  #searching = null;
  #waiting = false;

  get box() {
    return this.querySelector("#query");
  }

  get region() {
    return this.querySelector("#region");
  }

  start(call, outcome) {
    this.#call = call;
    this.#outcome = outcome;
    const { box, region } = this;
    const language = this.querySelector("#answer-language");
    // While an input method composes, the letters typed are not yet what is meant.
    box.addEventListener("input", (event) => event.isComposing || this.look());
    box.addEventListener("compositionend", () => this.look());
    box.addEventListener("keydown", (event) => this.#keys(event));
    region.addEventListener("change", () => this.moved(region.value));
    language.addEventListener("change", () => {
      call.language = language.value;
      call.keep();
      this.look();
      outcome.refresh();
    });
    this.querySelector("#new-call").addEventListener("click", () => this.restart());
  }

  /** Show what this tab still holds of the call. */
  resume() {
    const { query, region, language, topic } = this.#call;
    this.box.value = query;
    this.region.value = region;
    if (language) this.querySelector("#answer-language").value = language;
    this.box.focus();
    this.look();
    if (topic) this.#outcome.refresh();
  }

  restart() {
    this.#call.restart();
    this.#call.forget();
    this.box.value = this.region.value = "";
    this.#outcome.clear();
    this.box.focus();
    this.look().then(() => say(t("new_call_done")));
  }

  /** The region of the call, chosen here or beside the outcome. */
  moved(region) {
    this.#call.region = this.region.value = [...this.region.options].some((one) => one.value === region) ? region : "";
    if (this.#call.topic) {
      this.#call.set("region", region);
      this.#outcome.refresh();
    }
    this.#call.keep();
    this.look();
  }

  /** Search for what is typed now: one request at a time, always the latest text. */
  look() {
    this.#call.query = this.box.value;
    this.#call.keep();
    this.#waiting = true;
    this.#searching ??= this.#ask().finally(() => {
      this.#searching = null;
    });
    return this.#searching;
  }

  async #ask() {
    while (this.#waiting) {
      this.#waiting = false;
      const q = masked(this.box.value).slice(0, 300);
      const found = await get("/search", { q, region: this.region.value, language: languageNow() }).catch(failed);
      if (found) {
        this.#found = found;
        this.#active = 0;
        this.#show();
      }
    }
  }

  /** Open the result of that number, counted from 0; while a search is on its way, of what it finds. */
  async open(place = null) {
    await this.#searching;
    return this.#openNow(place ?? this.#active);
  }

  #openNow(place) {
    if (this.#found.code) return this.#openCase(this.#found.code);
    const hit = this.#shown()[place];
    if (!hit) return null;
    this.#mark(place);
    if (hit.kind === "topic") return this.topic(hit.id);
    note("open", hit.id);
    return this.#outcome.quote(hit);
  }

  /** Open a topic with what was heard in the words typed. */
  topic(id) {
    this.#call.about(id, this.#found.said);
    if (this.#found.said.region) this.#takeRegion(this.#found.said.region);
    note("open", id);
    return this.#outcome.refresh(true);
  }

  toggleRejected() {
    if (!this.#found.rejected.length) return;
    this.#rejected = !this.#rejected;
    this.#show();
  }

  get query() {
    return this.box.value.trim();
  }

  async #openCase(code) {
    try {
      const { topic, facts, language } = await post("/case", { code });
      this.#call.restart();
      Object.assign(this.#call, { topic, facts, language });
      this.querySelector("#answer-language").value = language;
      this.box.value = "";
      await this.look();
      if (facts.region) this.#takeRegion(facts.region);
      this.#call.keep();
      if (topic) await this.#outcome.refresh(true);
      else this.#outcome.clear();
      say(t(topic ? "case_opened" : "case_no_topic"));
    } catch (error) {
      failed(error);
    }
  }

  #takeRegion(region) {
    this.region.value = region;
    this.#call.region = this.region.value;
    this.#call.keep();
  }

  #shown() {
    return this.#rejected ? [...this.#found.hits, ...this.#found.rejected] : this.#found.hits;
  }

  #keys(event) {
    if (event.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      const count = this.#shown().length;
      if (count) this.#mark((this.#active + step + count) % count);
    } else if (event.key === "/") {
      this.box.select(); // the key that leads here, pressed here, types nothing: what comes next replaces the old text
    } else if (event.key === "Enter") {
      this.open();
    } else if (event.altKey && /^Digit[1-9]$/.test(event.code)) {
      this.open(Number(event.code.at(-1)) - 1);
    } else if (event.key === "Escape" && this.box.value) {
      this.box.value = "";
      this.look();
    } else {
      return;
    }
    event.preventDefault();
  }

  #mark(place) {
    this.#active = place;
    const options = document.querySelectorAll("#results [role=option]");
    options.forEach((option, number) => option.setAttribute("aria-selected", String(number === place)));
    options[place]?.scrollIntoView({ block: "nearest" });
    if (options[place]) this.box.setAttribute("aria-activedescendant", options[place].id);
    else this.box.removeAttribute("aria-activedescendant");
  }

  #show() {
    const { hits, rejected, said, code } = this.#found;
    const shown = this.#shown();
    const list = h("div", { id: "results", role: "listbox", "aria-label": t("results") }, this.#groups());
    const parts = [this.#heard(said)];
    if (code) parts.push(h("p", { class: "case" }, t("open_case", { code })));
    else if (this.query && !hits.length) parts.push(h("p", { class: "empty" }, t("no_results")));
    if (shown.length) parts.push(list);
    if (rejected.length) {
      parts.push(button([t(this.#rejected ? "hide_rejected" : "rejected", { count: rejected.length }), h("kbd", { "aria-hidden": "true" }, "r")],
        () => this.toggleRejected(), { class: "plain", "aria-expanded": String(this.#rejected) }));
    }
    document.querySelector("#found").replaceChildren(...parts.filter(Boolean));
    this.box.setAttribute("aria-expanded", String(shown.length > 0));
    this.#mark(Math.min(this.#active, Math.max(0, shown.length - 1)));
    say(code ? t("open_case", { code }) : this.query ? t("result_count", { count: hits.length }) : "");
    this.dispatchEvent(new CustomEvent("shown", { detail: hits.length }));
  }

  #groups() {
    const groups = new Map();
    this.#shown().forEach((hit, place) => {
      const name = hit.reason ? "show_rejected" : hit.by === "frequent" ? "frequent" : Object.fromEntries(PLACES)[hit.kind];
      if (!groups.has(name)) groups.set(name, h("div", { role: "group", "aria-label": t(name) }, h("div", { class: "head", "aria-hidden": "true" }, t(name))));
      groups.get(name).append(this.#option(hit, place));
    });
    return [...groups.values()];
  }

  #option(hit, place) {
    const why = [t(`by_${hit.by}`), hit.words.length ? hit.words.join(" ") : null].filter(Boolean).join(t("colon"));
    return h("div", { role: "option", id: `hit-${place}`, class: `hit ${hit.kind}`, "aria-selected": "false", onclick: () => this.open(place) },
      h("span", { class: "number", "aria-hidden": "true" }, place < 9 ? String(place + 1) : ""),
      h("span", { class: "name" }, hit.title),
      hit.by === "frequent" ? null : h("span", { class: "score", title: t("score") }, hit.kind === "topic" ? `${Math.round(hit.score * 100)} %` : hit.score.toFixed(2)),
      h("span", { class: "snippet" }, marked(hit.text, hit.words)),
      h("span", { class: "why" }, hit.by === "frequent" ? null : why,
        hit.region ? h("span", { class: "mark" }, hit.region) : null,
        hit.reason ? h("span", { class: "mark warn" }, t(`reason_${hit.reason}`)) : null,
        hit.status && hit.status !== "in_force" ? h("span", { class: "mark warn" }, t(`status_${hit.status}`)) : null));
  }

  #heard(said) {
    const names = Object.entries(said).map(([fact, value]) => this.#outcome.label(fact, value));
    return names.length ? h("p", { class: "heard" }, t("heard") + t("colon"), names.map((name) => h("span", { class: "mark" }, name))) : null;
  }
}

/** The text with the matched words marked. */
function marked(text, words) {
  const wanted = words.filter(Boolean).map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  if (!wanted.length) return text;
  const parts = text.split(new RegExp(`(${wanted.join("|")})`, "gi"));
  return parts.map((part, place) => (place % 2 ? h("mark", {}, part) : part));
}
