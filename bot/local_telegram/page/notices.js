// Short words from the bot or the page: toasts that pass, alerts that wait for a tap.

import { h } from "./dom.js";

const SHORTEST = 3_000;
const PER_CHARACTER = 60;

export class Notices {
  #toasts;
  #dialog;

  /**
   * @param {HTMLElement} toasts a live region
   * @param {HTMLDialogElement} dialog
   */
  constructor(toasts, dialog) {
    this.#toasts = toasts;
    this.#dialog = dialog;
  }

  /**
   * Shows words for a few seconds, longer the more there is to read.
   *
   * @param {string} words
   * @param {"news" | "trouble"} [kind]
   */
  toast(words, kind = "news") {
    const toast = h("p", { class: `toast ${kind}` }, words);
    toast.addEventListener("click", () => toast.remove());
    this.#toasts.replaceChildren(toast);
    setTimeout(() => toast.remove(), SHORTEST + words.length * PER_CHARACTER);
  }

  /**
   * Shows words until the person has taken them in.
   *
   * @param {string} title
   * @param {string} words
   */
  alert(title, words) {
    const close = h("button", { type: "button", class: "primary-button" }, "OK");
    close.addEventListener("click", () => this.#dialog.close());
    this.#dialog.replaceChildren(h("h2", { id: "alert-title" }, title), h("p", { id: "alert-words" }, words), close);
    if (!this.#dialog.open) this.#dialog.showModal();
  }
}
