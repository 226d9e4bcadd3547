// The course of a conversation: begin or restore, send in order, try again, forget. Knows no nodes.

import { newId } from "./server.js";

const SLOW = 4_000; // milliseconds until a person is told that it takes longer
const WAITS = [2, 5, 15, 30]; // seconds before each try that nobody has to ask for

/** `view` shows things: restored, replied, busy, slow, failed, mended, renewed, forgotten. */
export class Conversation {
  #server;
  #view;
  #region;
  #begun = null;
  #jobs = [];
  #running = false;
  #tries = 0;
  #timer = 0;

  constructor(server, view, region) {
    this.#server = server;
    this.#view = view;
    this.#region = region;
    addEventListener("online", () => this.#jobs.length && this.retry());
  }

  /** Begin or restore the conversation, once. */
  start() {
    if (!this.#begun && !this.#jobs.length) this.#add({ content: null });
  }

  /** Send `{text}`, `{choice}` or `{outcome}`; `shown` is the view's handle for what failed or was delivered. */
  send(content, shown) {
    this.#add({ content, shown, id: newId() });
  }

  /** Deliver what waits, from the first one on: nothing overtakes a message that failed. */
  async retry() {
    clearTimeout(this.#timer);
    if (this.#running) return;
    this.#running = true;
    while (this.#jobs.length && (await this.#deliver(this.#jobs[0]))) this.#jobs.shift();
    this.#running = false;
    this.#view.busy(false);
  }

  /** Delete everything on the server, then begin anew. Rejects with Refused when the server was not reached. */
  async forget() {
    await this.#server.forget().catch((error) => {
      if (error.status !== 401) throw error;
      this.#server.drop();
    });
    clearTimeout(this.#timer);
    this.#jobs = [];
    this.#begun = null;
    this.#view.forgotten();
    this.start();
  }

  #add(job) {
    this.#jobs.push(job);
    if (!this.#timer || this.#jobs.length === 1) this.retry();
  }

  async #deliver(job) {
    const slow = setTimeout(() => this.#view.slow(), SLOW);
    this.#view.busy(true);
    try {
      await (this.#begun ??= this.#begin());
      if (job.content) this.#view.replied(await this.#server.send(job.content, job.id));
      this.#view.mended(job.shown);
      this.#tries = this.#timer = 0;
      return true;
    } catch (error) {
      return this.#undelivered(error, job);
    } finally {
      clearTimeout(slow);
    }
  }

  async #begin() {
    try {
      if (this.#server.hasSession) return this.#view.restored(await this.#server.history());
    } catch (error) {
      if (error.status !== 401) {
        this.#begun = null;
        throw error;
      }
    }
    try {
      this.#view.replied(await this.#server.open(this.#region), true);
    } catch (error) {
      this.#begun = null;
      throw error;
    }
  }

  /** True when the job is done with, although it failed. */
  #undelivered(error, job) {
    if (error.status === 401 && this.#begun) {
      this.#server.drop();
      this.#begun = null;
      this.#view.renewed();
      if (job.content.choice) return true; // a choice belongs to the conversation that offered it
      this.#jobs.splice(1, 0, { ...job, id: newId() });
      return true;
    }
    this.#view.failed(job.shown, error, error.passing ? () => this.retry() : null);
    if (!error.passing) return true;
    const seconds = error.seconds || WAITS[this.#tries++];
    this.#timer = seconds ? setTimeout(() => this.retry(), seconds * (800 + 400 * Math.random())) : 0;
    return false;
  }
}
