// The chat's frame: the bot's name and what it is doing, the welcome of an empty chat, the bar of a blocked one.

import { h } from "./dom.js";

/**
 * @typedef {{
 *   bot: import("./api.js").Bot, avatar: HTMLElement, person: import("./api.js").Person, name: string, language: string,
 *   description: string, empty: boolean
 * }} Chat
 * @typedef {{
 *   avatar: HTMLElement, title: HTMLElement, subtitle: HTMLElement, typing: HTMLElement, transcript: HTMLElement, intro: HTMLElement,
 *   introTitle: HTMLElement, introWords: HTMLElement, composer: HTMLElement, blockedBar: HTMLElement, unblock: HTMLElement, block: HTMLElement
 * }} Parts
 */

/** A phone forgets a chat action after five seconds. */
const ACTION_LIFETIME = 5_000;

/** @type {Record<string, string>} */
const ACTIONS = {
  typing: "typing",
  upload_document: "sending a file",
  upload_photo: "sending a photo",
};

export class ChatHead {
  #parts;
  #timer = 0;

  /** @param {Parts} parts */
  constructor(parts) {
    this.#parts = parts;
  }

  /** @param {Chat} chat */
  draw({ bot, avatar, person, name, language, description, empty }) {
    const parts = this.#parts;
    parts.avatar.replaceChildren(avatar);
    setText(parts.title, bot.first_name);
    setText(parts.subtitle, `as ${name} · ${language}`);
    parts.transcript.setAttribute("aria-label", `Messages between ${name} and ${bot.first_name}`);
    parts.intro.hidden = !empty;
    setText(parts.introTitle, bot.first_name);
    setText(parts.introWords, description || "Press Start to begin.");
    parts.introWords.lang = person.language_code;
    const focusLost = person.blocked && parts.composer.contains(document.activeElement);
    const focusBack = !person.blocked && parts.blockedBar.contains(document.activeElement);
    parts.composer.hidden = person.blocked;
    parts.blockedBar.hidden = !person.blocked;
    if (focusLost) parts.unblock.focus();
    if (focusBack) /** @type {HTMLElement | null} */ (parts.composer.querySelector("textarea"))?.focus();
    setText(parts.unblock, `Unblock ${bot.first_name}`);
    setText(parts.block, person.blocked ? `Unblock ${bot.first_name}` : `Block ${bot.first_name}`);
  }

  /** @param {string | null} action the Bot API's word for it; null when it is over */
  typing(action) {
    clearTimeout(this.#timer);
    const { typing, subtitle } = this.#parts;
    typing.hidden = action === null;
    subtitle.hidden = action !== null;
    if (action === null) return;
    typing.replaceChildren(ACTIONS[action] ?? "busy", h("span", { class: "dots", "aria-hidden": "true" }, h("i"), h("i"), h("i")));
    this.#timer = window.setTimeout(() => this.typing(null), ACTION_LIFETIME);
  }
}

/** @param {HTMLElement} element @param {string} text */
function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}
