// Single-key shortcuts outside of text fields, which can be switched off (WCAG 2.1.4), and the sheet that lists them.

import { button, h } from "./dom.js";
import { t } from "./setup.js";

const OFF = "banshi-keys-off";
const SHEET = [["/", "key_search"], ["↑ ↓", "key_move"], ["Enter", "key_enter"], ["1–9", "key_digits"], ["Esc", "key_escape"],
  ["g", "key_region"], ["x", "key_case"], ["z", "key_back"], ["c  C  l", "key_copy"], ["p", "key_print"], ["n  w  o", "key_flag"],
  ["r", "key_rejected"], ["?", "key_help"]];

export function listen(call, search, outcome) {
  const sheet = makeSheet();
  document.querySelector("#help-button").addEventListener("click", () => sheet.showModal());
  const acts = {
    "/": () => select(search.box), "?": () => sheet.showModal(), g: () => search.region.focus(), x: () => search.restart(), z: () => outcome.undo(),
    c: () => outcome.copyScript(), C: () => outcome.copyFull(), l: () => outcome.copyLink(), p: () => outcome.print(),
    n: () => outcome.flag("not_found"), w: () => outcome.flag("wrong"), o: () => outcome.flag("outdated"), r: () => search.toggleRejected(),
  };
  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey || sheet.open) return;
    if (event.key === "Escape" && event.target !== search.box) {
      event.preventDefault();
      select(search.box);
    }
    if (typing(event.target) || localStorage.getItem(OFF)) return;
    const act = /^[1-9]$/.test(event.key) ? () => number(Number(event.key) - 1, search, outcome) : acts[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });
}

/** A number answers the open question; where there is none, it opens a result. */
function number(place, search, outcome) {
  const choice = outcome.choices[place];
  if (choice) outcome.choose(...choice);
  else if (!outcome.choices.length) search.open(place);
}

function select(box) {
  box.focus();
  box.select();
}

const typing = (node) => node.matches?.("input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable]");

function makeSheet() {
  const on = h("input", { type: "checkbox", id: "keys-on", checked: !localStorage.getItem(OFF), onchange: (event) => {
    if (event.target.checked) localStorage.removeItem(OFF);
    else localStorage.setItem(OFF, "1");
  } });
  const sheet = h("dialog", { id: "help", "aria-labelledby": "help-title" },
    h("h2", { id: "help-title" }, t("help")),
    h("dl", {}, SHEET.map(([keys, word]) => h("div", {}, h("dt", {}, keys.split("  ").map((key) => h("kbd", {}, key))), h("dd", {}, t(word))))),
    h("p", { class: "check" }, on, h("label", { for: "keys-on" }, t("keys_on"))),
    button(t("close"), () => sheet.close(), { autofocus: true }));
  document.body.append(sheet);
  return sheet;
}
