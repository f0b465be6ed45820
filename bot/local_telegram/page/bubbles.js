// One message as a bubble, drawn from the Bot API's own Message object.

import { renderAttachment, summary } from "./attachments.js";
import { h } from "./dom.js";
import { renderText } from "./entities.js";
import { focusPlace, renderKeyboard, restoreFocus } from "./keyboard.js";

/**
 * @typedef {import("./api.js").Message} Message
 * @typedef {import("./keyboard.js").KeyboardTaps} KeyboardTaps
 * @typedef {KeyboardTaps & {goTo: (messageId: number) => void, time: (unix: number) => string, botName: string}} BubbleTaps
 */

/**
 * @param {Message} message
 * @param {BubbleTaps} taps
 * @returns {HTMLLIElement}
 */
export function createBubble(message, taps) {
  const incoming = message.from?.is_bot ?? false;
  const item = h("li", {
    id: `message-${message.message_id}`,
    class: `message ${incoming ? "in" : "out"}`,
    tabindex: "-1",
    // What the person wrote a moment ago needs no reading out.
    "aria-live": incoming ? null : "off",
    dataset: { id: String(message.message_id), date: String(message.date) },
  });
  fill(item, message, taps);
  return item;
}

/**
 * Shows the edited message in the same bubble; the focus stays on the button that was pressed.
 *
 * @param {HTMLElement} item
 * @param {Message} message
 * @param {BubbleTaps} taps
 */
export function updateBubble(item, message, taps) {
  const place = focusPlace(item);
  const open = item.querySelectorAll(".quote").length > 0 && item.querySelector(".expandable.open") !== null;
  fill(item, message, taps);
  if (open) /** @type {HTMLElement | null} */ (item.querySelector(".expand"))?.click();
  restoreFocus(item, place);
  item.classList.remove("edited-now");
  void item.offsetWidth; // restarts the highlight when two edits follow each other
  item.classList.add("edited-now");
}

/**
 * @param {HTMLElement} item
 * @param {Message} message
 * @param {BubbleTaps} taps
 */
function fill(item, message, taps) {
  const incoming = message.from?.is_bot ?? false;
  const words = message.text ?? message.caption ?? "";
  const entities = message.entities ?? message.caption_entities ?? [];
  const attachment = renderAttachment(message);
  const keyboard = renderKeyboard(message, taps);
  const time = taps.time(message.date);
  const bubble = h(
    "div",
    { class: ["bubble", message.photo && "has-photo", !words && "wordless", message.edit_date && "is-edited"].filter(Boolean).join(" ") },
    h("span", { class: "visually-hidden", lang: "en" }, `${incoming ? taps.botName : "You"}: `),
    message.reply_to_message ? replyHead(message.reply_to_message, taps) : null,
    attachment,
    words ? h("div", { class: "text" }, renderText(words, entities, taps)) : null,
    h(
      "span",
      { class: "meta", lang: "en", "aria-live": "off" },
      message.edit_date ? h("span", { class: "edited" }, "edited") : null,
      h("time", { datetime: new Date(message.date * 1000).toISOString() }, time),
    ),
  );
  item.classList.toggle("has-keyboard", keyboard !== null);
  item.replaceChildren(bubble, ...(keyboard ? [keyboard] : []));
  hideNeedlessToggles(item);
}

/**
 * @param {Message} target
 * @param {BubbleTaps} taps
 */
function replyHead(target, taps) {
  const author = target.from?.is_bot ? taps.botName : "You";
  return h(
    "button",
    { type: "button", class: "reply-head", onclick: () => taps.goTo(target.message_id) },
    h("span", { class: "reply-author" }, author),
    h("span", { class: "reply-words" }, summary(target)),
  );
}

/** A quotation that fits its three lines needs no "Show all". @param {HTMLElement} item */
function hideNeedlessToggles(item) {
  if (!item.querySelector(".expandable")) return;
  requestAnimationFrame(() => {
    for (const quote of /** @type {NodeListOf<HTMLElement>} */ (item.querySelectorAll(".quote"))) {
      const body = quote.querySelector(".expandable");
      if (body && !body.classList.contains("open")) quote.classList.toggle("short", body.scrollHeight <= body.clientHeight + 2);
    }
  });
}

/**
 * A line that is nobody's message: "You blocked the bot".
 *
 * @param {string} words
 */
export function createNotice(words) {
  return h("li", { class: "notice", lang: "en" }, h("span", {}, words));
}
