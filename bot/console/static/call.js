// What is known of the call in hand: kept in this tab only, so that a session that ends loses nothing.
// Ids, and the query with personal numbers hidden; nothing is kept after "new call", signing out or closing the tab.

import { masked } from "./api.js";

const PLACE = "banshi-call";

export class Call {
  #account;
  #scopes;
  #before = [];

  constructor(account, scopes) {
    this.#account = account;
    this.#scopes = scopes;
    this.restart();
    const kept = JSON.parse(sessionStorage.getItem(PLACE) ?? "null");
    if (kept?.account === account) Object.assign(this, kept.call);
  }

  /** Forget everything of the call. */
  restart() {
    Object.assign(this, { query: "", topic: null, facts: {}, region: "", language: "" });
    this.#before = [];
  }

  keep() {
    const { query, topic, facts, region, language } = this;
    sessionStorage.setItem(PLACE, JSON.stringify({ account: this.#account, call: { query: masked(query), topic, facts, region, language } }));
  }

  forget() {
    sessionStorage.removeItem(PLACE);
  }

  /** Turn to a topic: what was heard is added, what belonged to another matter alone is forgotten. */
  about(topic, heard = {}) {
    const stays = Object.entries(this.facts).filter(([fact]) => this.topic === null || topic === this.topic || this.#scopes[fact] === "person");
    this.facts = { ...Object.fromEntries(stays), ...heard };
    if (this.region && !heard.region) this.facts.region = this.region;
    if (topic !== this.topic) this.#before = [];
    this.topic = topic;
    this.keep();
  }

  /** Set a fact, or leave it open with null. */
  set(fact, value) {
    this.#before.push({ ...this.facts });
    this.facts = { ...this.facts };
    if (value) this.facts[fact] = value;
    else delete this.facts[fact];
    this.keep();
  }

  /** Back to the facts before the last choice; false when there was none. */
  undo() {
    if (!this.#before.length) return false;
    this.facts = this.#before.pop();
    this.keep();
    return true;
  }

  /** The facts as the server reads them. */
  written() {
    return Object.entries(this.facts).map((pair) => pair.join(".")).join(",");
  }
}
