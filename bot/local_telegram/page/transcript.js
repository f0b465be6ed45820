// The conversation's list of messages: adding, editing in place, days, and where the reader's eye rests.

import { createBubble, createNotice, updateBubble } from "./bubbles.js";
import { h } from "./dom.js";
import { markPending } from "./keyboard.js";

/**
 * @typedef {import("./api.js").Message} Message
 * @typedef {import("./bubbles.js").BubbleTaps} BubbleTaps
 * @typedef {{scroller: HTMLElement, list: HTMLElement, jump: HTMLButtonElement, earlier: HTMLButtonElement}} Places
 */

/** Messages of one side within this many seconds stand close together. */
const GROUP_SECONDS = 300;
/** This near to the newest message (pixels), the reader is taken along when another comes. */
const FOLLOW_DISTANCE = 48;
const TOP_MARGIN = 12;
/** So many messages are drawn at first, and again each time one asks for earlier ones. */
const PAGE = 200;

export class Transcript {
  #places;
  #taps;
  /** @type {(unix: number) => {key: string, name: string}} */
  #day;
  /** @type {Map<number, {message: Message, item: HTMLElement, drawn: string}>} */
  #shown = new Map();
  /** @type {Message[]} older ones, not drawn yet */
  #earlier = [];
  #following = true;
  #unseen = 0;

  /**
   * @param {Places} places
   * @param {Omit<BubbleTaps, "goTo">} taps
   * @param {(unix: number) => {key: string, name: string}} day the day of a moment, in the demo clock's zone
   */
  constructor(places, taps, day) {
    this.#places = places;
    // The names among the taps are read anew each time: they arrive after the page.
    this.#taps = /** @type {BubbleTaps} */ (Object.create(taps, { goTo: { value: (/** @type {number} */ id) => this.#goTo(id) } }));
    this.#day = day;
    places.scroller.addEventListener("scroll", () => this.#noticeScroll(), { passive: true });
    places.jump.addEventListener("click", () => this.#jump());
    places.earlier.addEventListener("click", () => this.#showEarlier());
    const grown = new ResizeObserver(() => this.#settle());
    grown.observe(places.list);
    grown.observe(places.scroller);
  }

  /** @returns {number} how many messages are shown */
  get size() {
    return this.#shown.size;
  }

  /**
   * Shows another conversation from its end. Nothing of it is read out.
   *
   * @param {Message[]} messages oldest first
   * @param {string} language the person's
   */
  show(messages, language) {
    const { list, scroller } = this.#places;
    scroller.setAttribute("aria-live", "off");
    list.lang = language;
    list.replaceChildren();
    this.#shown.clear();
    this.#following = true;
    this.#unseen = 0;
    this.#earlier = messages.slice(0, -PAGE);
    for (const message of messages.slice(-PAGE)) this.#insert(message);
    this.#places.earlier.hidden = this.#earlier.length === 0;
    this.#settle();
    this.#drawJump();
    this.#endHistory();
  }

  /**
   * Brings what is shown in line with the server after a broken connection, without moving the reader.
   *
   * A server that was restarted gives the same numbers to other messages: then this is another conversation.
   *
   * @param {Message[]} messages
   */
  sync(messages) {
    const isOther = messages.some((message) => {
      const before = this.#shown.get(message.message_id)?.message;
      return before && (before.date !== message.date || before.from?.is_bot !== message.from?.is_bot);
    });
    if (isOther || messages.length === 0) return this.show(messages, this.#places.list.lang);
    const known = new Set(messages.map((message) => message.message_id));
    for (const id of [...this.#shown.keys()]) if (!known.has(id)) this.remove(id);
    const [oldest] = this.#shown.keys();
    this.#earlier = messages.filter((message) => message.message_id < oldest);
    for (const message of messages.slice(this.#earlier.length)) {
      const shown = this.#shown.get(message.message_id);
      if (!shown) this.add(message);
      else if (shown.drawn !== JSON.stringify(message)) this.edit(message);
    }
  }

  /** @param {Message} message */
  add(message) {
    if (this.#shown.has(message.message_id)) return this.edit(message);
    const own = !message.from?.is_bot;
    if (own) this.#following = true;
    else if (!this.#following) this.#unseen += 1;
    this.#insert(message).classList.add("new");
    this.#settle();
    this.#drawJump();
  }

  /** @param {Message} message */
  edit(message) {
    const shown = this.#shown.get(message.message_id);
    this.#earlier = this.#earlier.map((old) => (old.message_id === message.message_id ? message : old));
    if (!shown) return;
    const drawn = JSON.stringify(message);
    if (shown.drawn === drawn) return;
    shown.message = message;
    shown.drawn = drawn;
    updateBubble(shown.item, message, this.#taps);
    this.#settle();
  }

  /** @param {number} id */
  remove(id) {
    const shown = this.#shown.get(id);
    this.#earlier = this.#earlier.filter((message) => message.message_id !== id);
    if (!shown) return;
    this.#shown.delete(id);
    const before = shown.item.previousElementSibling;
    const after = shown.item.nextElementSibling;
    if (shown.item.contains(document.activeElement)) this.#places.scroller.focus({ preventScroll: true });
    shown.item.remove();
    if (before?.matches(".day") && (!after || after.matches(".day"))) before.remove();
    this.#settle();
  }

  /** @param {string} words what happened to the chat */
  notice(words) {
    this.#places.list.append(createNotice(words));
    this.#settle();
  }

  /** @param {number} messageId @param {string} data @param {boolean} pending */
  setPending(messageId, data, pending) {
    const shown = this.#shown.get(messageId);
    if (shown) markPending(shown.item, data, pending);
  }

  /**
   * @param {Message} message
   * @returns {HTMLElement} its item, the last in the list
   */
  #insert(message) {
    const { list } = this.#places;
    const item = createBubble(message, this.#taps);
    let previous = /** @type {HTMLElement | null} */ (list.lastElementChild);
    while (previous && !previous.matches(".message")) previous = /** @type {HTMLElement | null} */ (previous.previousElementSibling);
    const day = this.#day(message.date);
    if (!previous || this.#day(Number(previous.dataset.date)).key !== day.key) {
      list.append(h("li", { class: "day", lang: "en", "aria-live": "off" }, h("time", { datetime: day.key }, day.name)));
    } else if (list.lastElementChild === previous && closeTogether(previous, item)) {
      item.classList.add("grouped");
    }
    list.append(item);
    this.#shown.set(message.message_id, { message, item, drawn: JSON.stringify(message) });
    return item;
  }

  /** How far down the newest message wants the list: to the end, or to its own first line if it is taller than the view. */
  #restingPlace() {
    const { scroller, list } = this.#places;
    const end = scroller.scrollHeight - scroller.clientHeight;
    const last = /** @type {HTMLElement | null} */ (list.lastElementChild);
    return last ? Math.min(end, Math.max(0, last.offsetTop - TOP_MARGIN)) : end;
  }

  #settle() {
    if (!this.#following) return;
    const { scroller } = this.#places;
    const rest = this.#restingPlace();
    if (scroller.scrollTop < rest) scroller.scrollTop = rest;
  }

  #noticeScroll() {
    this.#following = this.#places.scroller.scrollTop >= this.#restingPlace() - FOLLOW_DISTANCE;
    if (this.#following) this.#unseen = 0;
    this.#drawJump();
  }

  #drawJump() {
    const { jump } = this.#places;
    jump.hidden = this.#following;
    const count = /** @type {HTMLElement} */ (jump.querySelector(".count"));
    count.hidden = this.#unseen === 0;
    count.textContent = String(this.#unseen);
    const news = this.#unseen === 0 ? "" : `, ${this.#unseen} new`;
    jump.setAttribute("aria-label", `Jump to the newest message${news}`);
  }

  #jump() {
    const { scroller } = this.#places;
    this.#following = true;
    this.#unseen = 0;
    scroller.scrollTop = this.#restingPlace();
    this.#drawJump();
    scroller.focus({ preventScroll: true });
  }

  /** Draws older messages above; what the reader looked at stays where it was, and keeps the focus. */
  #showEarlier() {
    const { scroller, list, earlier } = this.#places;
    const drawn = [...this.#shown.values()].map((shown) => shown.message);
    const [first] = this.#shown.keys();
    const before = this.#shown.get(first)?.item.getBoundingClientRect().top ?? 0;
    const messages = [...this.#earlier.splice(-PAGE), ...drawn];
    const notices = [...list.querySelectorAll(".notice")];
    this.#shown.clear();
    list.replaceChildren();
    scroller.setAttribute("aria-live", "off");
    for (const message of messages) this.#insert(message);
    list.append(...notices);
    earlier.hidden = this.#earlier.length === 0;
    const anchor = /** @type {HTMLElement} */ (this.#shown.get(first)?.item);
    scroller.scrollTop += anchor.getBoundingClientRect().top - before;
    anchor.focus({ preventScroll: true });
    this.#endHistory();
  }

  /** From the next frame on, what is added is new. */
  #endHistory() {
    const { scroller } = this.#places;
    requestAnimationFrame(() => requestAnimationFrame(() => scroller.setAttribute("aria-live", "polite")));
  }

  /** @param {number} id */
  #goTo(id) {
    while (!this.#shown.has(id) && this.#earlier.length > 0) this.#showEarlier();
    const item = this.#shown.get(id)?.item;
    if (!item) return;
    item.scrollIntoView({ block: "center" });
    item.focus({ preventScroll: true });
  }
}

/** @param {HTMLElement} a @param {HTMLElement} b */
function closeTogether(a, b) {
  return a.classList.contains("in") === b.classList.contains("in") && Number(b.dataset.date) - Number(a.dataset.date) < GROUP_SECONDS;
}
