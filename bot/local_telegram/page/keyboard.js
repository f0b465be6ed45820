// Inline keyboards: rows of buttons under a message, pending until the bot answers, focus kept over an edit.

import { h } from "./dom.js";
import { icon } from "./icons.js";
import { linkAttributes } from "./entities.js";

/**
 * @typedef {import("./api.js").Button} Button
 * @typedef {import("./api.js").Message} Message
 * @typedef {import("./entities.js").Taps} Taps
 * @typedef {Taps & {press: (messageId: number, data: string) => void, copy: (text: string) => void, isPending: (messageId: number, data: string) => boolean}} KeyboardTaps
 */

const STYLES = new Set(["primary", "success", "danger"]);

/**
 * @param {Message} message
 * @param {KeyboardTaps} taps
 * @returns {HTMLElement | null}
 */
export function renderKeyboard(message, taps) {
  const rows = message.reply_markup?.inline_keyboard?.filter((row) => row.length > 0) ?? [];
  if (rows.length === 0) return null;
  // A press redraws these; the log's live region should read the message, not every button again.
  return h(
    "div",
    { class: "keyboard", role: "group", "aria-label": "Buttons of this message", "aria-live": "off" },
    ...rows.map((row) => h("div", { class: "keyboard-row" }, ...row.map((button) => renderButton(message, button, taps)))),
  );
}

/**
 * @param {Message} message
 * @param {Button} button
 * @param {KeyboardTaps} taps
 */
function renderButton(message, button, taps) {
  const style = STYLES.has(button.style ?? "") ? button.style : null;
  const label = h("span", { class: "key-label" }, button.text);
  // A long label may be cut to two lines: the pointer can still ask for the rest.
  const base = { class: "key", title: button.text.length > 28 ? button.text : null, "data-style": style };
  if (button.callback_data !== undefined) {
    const data = button.callback_data;
    const pending = taps.isPending(message.message_id, data);
    return h(
      "button",
      { ...base, type: "button", dataset: { data }, "aria-busy": pending && "true", onclick: () => taps.press(message.message_id, data) },
      label,
      h("span", { class: "spinner", "aria-hidden": "true" }),
    );
  }
  const link = button.url === undefined ? null : linkAttributes(button.url, taps);
  if (link) return h("a", { ...base, ...link }, label, icon("link"));
  if (button.copy_text) {
    const words = button.copy_text.text;
    return h("button", { ...base, type: "button", onclick: () => taps.copy(words) }, label, icon("copy"));
  }
  return h("button", { ...base, type: "button", disabled: true, title: "A phone can do this; the local demo cannot" }, label);
}

/**
 * Shows whether a press still waits for its answer.
 *
 * @param {ParentNode} bubble
 * @param {string} data
 * @param {boolean} pending
 */
export function markPending(bubble, data, pending) {
  for (const key of bubble.querySelectorAll(".key")) {
    if (/** @type {HTMLElement} */ (key).dataset.data !== data) continue;
    if (pending) key.setAttribute("aria-busy", "true");
    else key.removeAttribute("aria-busy");
  }
}

/**
 * @typedef {{data: string | undefined, row: number, column: number}} FocusPlace
 */

/**
 * Where the focus is in this bubble's keyboard; null when it is elsewhere.
 *
 * @param {HTMLElement} bubble
 * @returns {FocusPlace | null}
 */
export function focusPlace(bubble) {
  const key = document.activeElement;
  if (!(key instanceof HTMLElement) || !key.matches(".key") || !bubble.contains(key)) return null;
  const rows = [...bubble.querySelectorAll(".keyboard-row")];
  const row = rows.findIndex((candidate) => candidate.contains(key));
  return { data: key.dataset.data, row, column: [...rows[row].children].indexOf(key) };
}

/**
 * Gives the focus back after the message was edited: the same button if it is still there, else the one in its
 * place, else the message itself.
 *
 * @param {HTMLElement} bubble
 * @param {FocusPlace | null} place
 */
export function restoreFocus(bubble, place) {
  if (!place) return;
  const rows = [...bubble.querySelectorAll(".keyboard-row")];
  const all = /** @type {HTMLElement[]} */ ([...bubble.querySelectorAll(".key")]);
  const same = place.data === undefined ? undefined : all.find((key) => key.dataset.data === place.data);
  const row = rows[Math.min(place.row, rows.length - 1)];
  const near = row?.children[Math.min(place.column, row.children.length - 1)];
  const target = same ?? /** @type {HTMLElement | undefined} */ (near) ?? bubble;
  target.focus({ preventScroll: true });
}
