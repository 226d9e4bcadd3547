// <banshi-chat>: launcher and panel, what is shown and where the focus is. The conversation is in behaviour.js.

import { Conversation, Server, remember } from "./behaviour.js";
import { button, h, linked, sheet, tag } from "./dom.js";
import { mask } from "./masking.js";
import { render } from "./reply.js";
import { STYLE, paint } from "./style.js";
import { outcomeAsked, tools } from "./tools.js";
import { WORDS } from "./words.js";

const SMALL = "(max-width: 40em), (max-height: 30em)";
const COMPOSED = 100; // milliseconds after a composition in which Enter still belongs to the input method
const SIZE = "banshi-large";
const style = sheet(STYLE);

export class BanshiChat extends HTMLElement {
  #parts = {};
  #language = "zh";
  #talk;
  #server;
  #busy = false;
  #composed = 0;

  connectedCallback() {
    if (this.shadowRoot) return;
    const { language, region, colour, server } = this.dataset;
    this.#language = (language || document.documentElement.lang).startsWith("en") ? "en" : "zh";
    this.#server = new Server(new URL(server || "./", import.meta.url).href, () => this.#language);
    this.#talk = new Conversation(this.#server, this, region);
    this.attachShadow({ mode: "open" }).adoptedStyleSheets = [style];
    paint(this, colour);
    this.#build();
    this.#say();
    if (remember("localStorage", SIZE)) this.#enlarge();
    globalThis.visualViewport?.addEventListener("resize", () => this.#fit());
    matchMedia(SMALL).addEventListener("change", () => this.#fit());
    addEventListener("hashchange", () => this.#reopen());
    this.#reopen();
  }

  /** Show the panel; the conversation begins with the first time. */
  open() {
    const { panel, launcher, field } = this.#parts;
    panel.hidden = false;
    launcher.setAttribute("aria-expanded", "true");
    this.#fit();
    field.focus({ preventScroll: true });
    this.#talk.start();
  }

  close() {
    const { panel, launcher } = this.#parts;
    if (panel.hidden) return;
    panel.hidden = true;
    launcher.setAttribute("aria-expanded", "false");
    document.documentElement.style.removeProperty("overflow");
    globalThis.speechSynthesis?.cancel();
    launcher.focus();
  }

  restored(messages) {
    const { log, status } = this.#parts;
    log.setAttribute("aria-live", "off"); // what was restored is not read out again
    const waiting = [...log.children];
    for (const { reply, text } of messages) this.#add(reply ? this.#replyNode(reply) : this.#mine(text));
    log.append(...waiting);
    setTimeout(() => log.setAttribute("aria-live", "polite"), 500);
    log.scrollTop = log.scrollHeight;
    if (messages.length) status.textContent = this.#words.restored;
  }

  replied(replies, greeting = false) {
    const { log } = this.#parts;
    const nodes = replies.map((reply) => this.#replyNode(reply));
    if (greeting) log.prepend(...nodes);
    else this.#add(...nodes);
    const shown = (greeting ? null : nodes[0]?.previousElementSibling) ?? nodes[0];
    if (shown) log.scrollTop = shown.offsetTop - 8;
  }

  busy(is) {
    const { dots, status } = this.#parts;
    if (is === this.#busy) return;
    this.#busy = is;
    dots.hidden = !is;
    if (is || status.textContent === this.#words.thinking || status.textContent === this.#words.slow) {
      status.textContent = is ? this.#words.thinking : "";
    }
  }

  slow() {
    this.#parts.status.textContent = this.#words.slow;
  }

  failed(shown, error, retry) {
    this.mended(shown);
    const words = this.#words;
    const sentence = error.message || (error.status ? words.down : words.offline);
    const hotline = sentence.includes("12333") ? "" : ` ${words.hotline}`;
    const again = retry && button(words.retry, () => {
      this.#parts.field.focus();
      retry();
    });
    const failure = h("div", { class: "failure", role: "alert" }, h("p", {}, linked(sentence + hotline)), again);
    if (shown) shown.after(failure);
    else this.#add(failure);
    failure.scrollIntoView({ block: "nearest" });
  }

  mended(shown) {
    const { log } = this.#parts;
    const after = shown ? shown.nextElementSibling : log.querySelector(".failure");
    if (after?.matches(".failure")) after.remove();
  }

  noted(word, verdicts = []) {
    const judged = verdicts.map((verdict) => h("p", {}, this.#words.verdicts[verdict]));
    this.#add(h("div", { class: "notice" }, this.#words[word], judged));
  }

  forgotten() {
    this.#parts.log.replaceChildren();
    this.#parts.status.textContent = this.#words.forgotten;
  }

  get #words() {
    return WORDS[this.#language];
  }

  #build() {
    const word = (name, node) => {
      node.dataset.word = name;
      return node;
    };
    const parts = this.#parts;
    const press = (name, act) => word(name, button("", act, { class: "head" }));
    parts.launcher = button("", () => (parts.panel.hidden ? this.open() : this.close()), {
      class: "launcher", "aria-expanded": "false", "aria-controls": "panel", "aria-haspopup": "dialog" });
    parts.other = press("other", () => this.#switch());
    parts.large = press("large", () => this.#enlarge());
    parts.large.setAttribute("aria-pressed", "false");
    parts.title = word("title", h("h2", { id: "title" }));
    parts.log = h("div", { id: "log", role: "log", "aria-live": "polite", "aria-relevant": "additions", tabindex: "0" });
    parts.dots = h("div", { class: "dots", hidden: true, "aria-hidden": "true" }, h("i"), h("i"), h("i"));
    parts.status = h("p", { role: "status" });
    parts.field = h("textarea", { id: "field", rows: "2", maxlength: "2000", enterkeyhint: "send", "aria-describedby": "privacy" });
    parts.form = h("form", { autocomplete: "off", onsubmit: (event) => this.#submit(event) },
      word("label", h("label", { for: "field" })),
      h("div", { class: "row" }, parts.field, word("send", h("button", { class: "primary" }))));
    parts.forget = h("div", { class: "forget" }, word("forget", button("", () => this.#ask(true), { class: "quiet" })));
    parts.panel = h("div", { id: "panel", role: "dialog", "aria-labelledby": "title", hidden: true },
      h("div", { class: "bar" }, parts.title, parts.other, parts.large, press("close", () => this.close())),
      this.dataset.intro ? h("p", { class: "intro" }, this.dataset.intro) : null,
      parts.log, parts.dots, parts.status, parts.form,
      h("div", { class: "foot" }, word("privacy", h("p", { id: "privacy" })), parts.forget));
    parts.panel.addEventListener("keydown", (event) => this.#keys(event));
    this.#listen(parts.field);
    this.shadowRoot.append(parts.launcher, parts.panel);
  }

  #listen(field) {
    let shift = false;
    field.addEventListener("compositionend", () => { this.#composed = performance.now(); });
    field.addEventListener("keydown", (event) => {
      shift = event.shiftKey;
      if (event.key === "Enter" && !shift && this.#meant(event)) this.#submit(event);
    });
    // Keyboards on the screen report no Enter key, only the line break it would make.
    field.addEventListener("beforeinput", (event) => {
      if (event.inputType === "insertLineBreak" && !shift && this.#meant(event)) this.#submit(event);
      shift = false;
    });
  }

  /** Whether an Enter is meant for us: not while composing, nor right after, when Safari reports key code 229. */
  #meant(event) {
    return !event.isComposing && !(event.keyCode === 229 && performance.now() - this.#composed < COMPOSED);
  }

  #submit(event) {
    event.preventDefault();
    const { field, status } = this.#parts;
    const { text, kinds, verdicts } = mask(field.value.trim(), this.#words.kinds);
    status.textContent = text ? "" : this.#words.empty;
    field.value = "";
    field.focus();
    if (kinds.length) this.noted("masked", verdicts);
    if (text) this.#send({ text }, text);
  }

  #send(content, title) {
    const { log } = this.#parts;
    for (const old of log.querySelectorAll("[data-status=question] .choices")) old.hidden = true;
    const mine = this.#mine(title);
    this.#add(mine);
    log.scrollTop = log.scrollHeight;
    this.#talk.send(content, mine);
  }

  #choose(choice, event) {
    const { field, log } = this.#parts;
    this.#send({ choice: choice.token }, choice.title);
    // Where a touch would raise the keyboard, the focus goes to the conversation instead of the field.
    (event.detail && matchMedia("(pointer: coarse)").matches ? log : field).focus({ preventScroll: true });
  }

  #reopen() {
    const outcome = outcomeAsked();
    if (outcome === null) return;
    history.replaceState(history.state, "", location.pathname + location.search);
    this.open();
    this.#send({ outcome }, this.#words.linked);
  }

  #add(...nodes) {
    this.#parts.log.append(...nodes);
  }

  #mine(text) {
    return h("div", { class: "mine", "aria-live": "off" }, h("span", { class: "hidden" }, this.#words.you), h("bdi", {}, text));
  }

  #replyNode(reply) {
    const say = (sentence) => { this.#parts.status.textContent = sentence; };
    const on = { choose: (choice, event) => this.#choose(choice, event), tools: (told) => tools(told, say, (link) => this.#server.code(link)) };
    const who = h("span", { class: "hidden" }, WORDS[reply.language].bot);
    const wide = reply.procedure || reply.passages ? "wide" : reply.status === "notice" ? "notice" : "";
    return h("div", { class: `reply ${wide}`, lang: tag(reply.language), dir: "ltr", "data-status": reply.status }, who, render(reply, on));
  }

  /** Put the widget's own words in place. */
  #say() {
    const words = this.#words;
    const { panel, launcher, log, field, other } = this.#parts;
    panel.lang = launcher.lang = tag(this.#language);
    for (const node of panel.querySelectorAll("[data-word]")) node.textContent = words[node.dataset.word];
    launcher.textContent = this.#server.hasSession ? words.resume : this.dataset.launch || words.launch;
    other.lang = tag(this.#language === "zh" ? "en" : "zh");
    log.setAttribute("aria-label", words.log);
    field.placeholder = words.hint;
  }

  /** The other language: for the widget, and for the assistant from its next answer on. */
  #switch() {
    const ask = this.#words.ask_other;
    this.#language = this.#language === "zh" ? "en" : "zh";
    this.#say();
    this.#send({ text: ask }, ask);
  }

  #enlarge() {
    const { panel, large } = this.#parts;
    const is = panel.classList.toggle("large");
    large.setAttribute("aria-pressed", String(is));
    remember("localStorage", SIZE, is ? "1" : "");
  }

  /** Ask before the conversation is deleted, in place of the button. */
  #ask(asking) {
    const { forget, field } = this.#parts;
    const words = this.#words;
    const first = asking ? button(words.yes, () => this.#forget()) : button(words.forget, () => this.#ask(true), { class: "quiet", "data-word": "forget" });
    forget.replaceChildren(...(asking ? [h("span", { role: "alert" }, words.sure), first, button(words.no, () => this.#ask(false))] : [first]));
    (asking ? first : field).focus();
  }

  async #forget() {
    this.#ask(false);
    try {
      await this.#talk.forget();
    } catch (error) {
      this.failed(null, error, null);
    }
  }

  #keys(event) {
    if (event.key === "Escape" && !event.isComposing) this.close();
    if (event.key !== "Tab" || !matchMedia(SMALL).matches) return;
    const all = [...this.#parts.panel.querySelectorAll("button, a[href], input, textarea, summary, [tabindex]")];
    const seen = all.filter((node) => node.checkVisibility?.() ?? node.offsetParent);
    const [from, to] = event.shiftKey ? [seen[0], seen.at(-1)] : [seen.at(-1), seen[0]];
    if (this.shadowRoot.activeElement !== from) return;
    event.preventDefault();
    to.focus();
  }

  /** On a small screen the panel is the page: exactly as high as what the keyboard leaves of it. */
  #fit() {
    const { panel, log } = this.#parts;
    const full = matchMedia(SMALL).matches && !panel.hidden;
    const view = globalThis.visualViewport;
    if (full) panel.setAttribute("aria-modal", "true");
    else panel.removeAttribute("aria-modal");
    document.documentElement.style.overflow = full ? "hidden" : "";
    panel.style.blockSize = full && view && view.scale === 1 ? `${view.height}px` : "";
    log.lastElementChild?.scrollIntoView({ block: "nearest" });
  }
}
