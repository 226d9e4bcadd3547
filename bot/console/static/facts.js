// The facts that matter, as toggles; those still open are marked.

import { h, tag } from "./dom.js";
import { t, told } from "./setup.js";

const MANY = 6;

/** The nodes of the panel; `choose(fact, value)` with null for "open". */
export function facts(made, choose) {
  const { language } = made.reply;
  const open = made.facts.filter((fact) => fact.undecided).length;
  const state = made.facts.length ? (open ? null : t("all_known")) : t("no_facts");
  return [h("h2", {}, t("facts")), state ? h("p", { class: "soft" }, state) : null,
    ...made.facts.map((fact) => (fact.values.length > MANY ? menu(fact, language, choose) : toggles(fact, language, choose)))].filter(Boolean);
}

function toggles(fact, language, choose) {
  const values = [...fact.values, { id: "", label: told(language, "unknown_value") }];
  return h("fieldset", { class: kind(fact), lang: tag(language) }, h("legend", {}, fact.title, mark(fact)),
    h("div", { class: "chips" }, values.map((value) => {
      const id = `fact-${fact.id}-${value.id || "open"}`;
      const input = h("input", { type: "radio", id, name: fact.id, value: value.id, checked: (fact.value ?? "") === value.id,
        onchange: () => choose(fact.id, value.id || null) });
      return h("span", {}, input, h("label", { for: id }, value.label));
    })));
}

function menu(fact, language, choose) {
  const id = `fact-${fact.id}`;
  const select = h("select", { id, onchange: (event) => choose(fact.id, event.target.value || null) },
    h("option", { value: "" }, told(language, "unknown_value")),
    fact.values.map((value) => h("option", { value: value.id, selected: value.id === fact.value }, value.label)));
  return h("div", { class: `field ${kind(fact)}`, lang: tag(language) }, h("label", { for: id }, fact.title, mark(fact)), select);
}

const kind = (fact) => (fact.next ? "next undecided" : fact.undecided ? "undecided" : "decided");
const mark = (fact) => (fact.undecided ? h("span", { class: "mark open" }, t("undecided")) : null);
