// Presses of inline buttons that still wait for the bot's answer.

/**
 * @typedef {{chat_id: number, callback_query_id: string, text?: string, show_alert?: boolean, url?: string}} Answer
 * @typedef {{chat: number, messageId: number, data: string, queryId: string | null, timer: number}} Press
 */

/** A press that nobody answers stops spinning after this long, as on a phone. */
const PATIENCE = 30_000;
/** How many answers may wait for their press's response. */
const EARLY_ANSWERS = 50;

export class Presses {
  /** @type {Set<Press>} */
  #waiting = new Set();
  /** @type {Map<string, Answer>} answers that came before the press's own response, or to another tab's press */
  #early = new Map();
  #changed;
  #answered;

  /**
   * @param {(press: Press, pending: boolean) => void} changed
   * @param {(answer: Answer) => void} answered called where the button was pressed, and only there
   */
  constructor(changed, answered) {
    this.#changed = changed;
    this.#answered = answered;
  }

  /** @param {number} chat @param {number} messageId @param {string} data */
  isPending(chat, messageId, data) {
    return this.#find(chat, messageId, data) !== undefined;
  }

  /**
   * Presses a button; again while it waits does nothing.
   *
   * @param {number} chat
   * @param {number} messageId
   * @param {string} data
   * @param {() => Promise<{callback_query_id: string}>} send
   */
  async start(chat, messageId, data, send) {
    if (this.#find(chat, messageId, data)) return;
    /** @type {Press} */
    const press = { chat, messageId, data, queryId: null, timer: 0 };
    press.timer = window.setTimeout(() => this.#settle(press), PATIENCE);
    this.#waiting.add(press);
    this.#changed(press, true);
    try {
      press.queryId = (await send()).callback_query_id;
    } catch {
      this.#settle(press); // the refusal was shown by who sent it
      return;
    }
    const early = this.#early.get(press.queryId);
    if (early) this.answer(early);
  }

  /** @param {Answer} answer */
  answer(answer) {
    const press = [...this.#waiting].find((one) => one.queryId === answer.callback_query_id);
    if (!press) {
      this.#early.set(answer.callback_query_id, answer);
      const [oldest] = this.#early.keys();
      if (this.#early.size > EARLY_ANSWERS) this.#early.delete(oldest);
      return;
    }
    this.#early.delete(answer.callback_query_id);
    this.#settle(press);
    this.#answered(answer);
  }

  /** @param {number} chat @param {number} messageId @param {string} data */
  #find(chat, messageId, data) {
    return [...this.#waiting].find((press) => press.chat === chat && press.messageId === messageId && press.data === data);
  }

  /** @param {Press} press */
  #settle(press) {
    if (!this.#waiting.delete(press)) return;
    clearTimeout(press.timer);
    this.#changed(press, false);
  }
}
