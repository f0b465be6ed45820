// The call log: each call of the bot, what the server said, and how long it took.

import { fetchCalls } from "./api.js";
import { h } from "./dom.js";

/** @typedef {import("./api.js").Call} Call */

const MOST_ROWS = 200;

export class CallLog {
  #body;
  #summary;
  #nameOf;
  #calls = 0;
  #refused = 0;
  /** @type {Set<string>} calls of the last loading: the stream may bring one of them once more */
  #loaded = new Set();

  /**
   * @param {{body: HTMLElement, summary: HTMLElement, onlyTrouble: HTMLInputElement, table: HTMLElement}} parts
   * @param {(chat: number) => string} nameOf
   */
  constructor(parts, nameOf) {
    this.#body = parts.body;
    this.#summary = parts.summary;
    this.#nameOf = nameOf;
    const choose = () => parts.table.classList.toggle("only-trouble", parts.onlyTrouble.checked);
    parts.onlyTrouble.addEventListener("change", choose);
    choose();
  }

  /** Shows what the server remembers: at start, and after the connection was lost. */
  async load() {
    const calls = await fetchCalls();
    this.#body.replaceChildren();
    this.#calls = 0;
    this.#refused = 0;
    this.#loaded = new Set(calls.map((call) => JSON.stringify(call)));
    for (const call of calls) this.#insert(call);
  }

  /** @param {Call} call */
  add(call) {
    if (!this.#loaded.delete(JSON.stringify(call))) this.#insert(call);
  }

  /** @param {Call} call */
  #insert(call) {
    this.#calls += 1;
    if (!call.ok) this.#refused += 1;
    const warnings = call.warnings ?? [];
    const state = call.ok ? (warnings.length > 0 ? "doubtful" : "ok") : "failed";
    const row = h(
      "tr",
      { class: state },
      h(
        "td",
        { class: "call-method" },
        ...call.method.split(/(?=[A-Z])/).flatMap((word) => [h("wbr"), word]),
        call.ok ? null : h("span", { class: "call-error" }, call.description ?? ""),
        ...warnings.map((warning) => h("span", { class: "call-warning" }, warning)),
      ),
      h("td", { class: "call-chat" }, call.chat_id === null || call.chat_id === undefined ? "" : this.#nameOf(call.chat_id)),
      h("td", { class: "call-result" }, h("span", { class: "result" }, call.ok ? "ok" : String(call.error_code ?? "error"))),
      h("td", { class: "call-ms" }, formatMilliseconds(call.ms)),
    );
    this.#body.prepend(row);
    if (this.#body.childElementCount > MOST_ROWS) this.#body.lastElementChild?.remove();
    this.#summary.textContent = `${this.#calls} ${this.#calls === 1 ? "call" : "calls"}, ${this.#refused} refused`;
  }
}

/** @param {number} ms */
const formatMilliseconds = (ms) => (ms < 10 ? ms.toFixed(1) : String(Math.round(ms)));
